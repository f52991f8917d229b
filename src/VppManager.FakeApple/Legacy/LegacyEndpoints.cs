using System.Text.Json;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Legacy;

/// <summary>Version 1: one POST a service, the token in the body, HTTP 200 whatever happens. It answers for purchasers' tokens and locations' alike.</summary>
internal sealed class LegacyEndpoints(FakeAppleServer server)
{
    private const int PageSize = 300;
    private const string Root = "/mdm/";

    public static bool Takes(string path) =>
        path is Root + "VPPServiceConfigSrv" or Root + "VPPClientConfigSrv" or Root + "getVPPAssetsSrv" or Root + "getAssignments";

    public FakeToken? Owner(AppleRequest request) => Read(request)?.SToken is { } file ? server.Tokens.FromFile(file) : null;

    public AppleAnswer Answer(AppleRequest request)
    {
        if (request.Path == Root + "VPPServiceConfigSrv") return AppleAnswer.Of(ServiceConfig(request.Origin));
        if (request.Method != "POST" || Read(request) is not { } asked) return Refused(9602);
        if (asked.SToken is null) return Refused(9600);

        var token = server.Tokens.FromFile(asked.SToken);
        if (Refusal(token) is { } number) return Refused(number);

        return AppleAnswer.Of(Body(request.Path, asked, token!));
    }

    private int? Refusal(FakeToken? token) => token?.State switch
    {
        null or TokenState.Invalid => 9622,
        TokenState.Revoked => 9625,
        TokenState.Expired => 9621,
        _ => token.Expires <= server.Clock.GetUtcNow() ? 9621 : null,
    };

    private Dictionary<string, object> Body(string path, LegacyRequest asked, FakeToken token)
    {
        var location = token.Location;
        var body = path switch
        {
            Root + "getVPPAssetsSrv" => Assets(location, asked.IncludeLicenseCounts ?? false),
            Root + "getAssignments" => Assignments(location, asked.PageIndex ?? 0, asked.RequestId),
            _ => Config(token),
        };
        body["status"] = Number(0);
        body["uId"] = location.Uid;
        body["expirationMillis"] = Number(token.Expires.ToUnixTimeMilliseconds());
        if (token.State != TokenState.Legacy) body["location"] = new { locationId = Number(location.Uid.Length), locationName = location.Name };

        return body;
    }

    private Dictionary<string, object> Config(FakeToken token) => new()
    {
        ["countryCode"] = token.Location.Country,
        ["defaultPlatform"] = token.Location.DefaultPlatform,
        ["appleId"] = token.Account,
        ["email"] = token.Account,
        ["organizationId"] = Number(2168850000000000 + token.Location.Uid.Length),
    };

    private Dictionary<string, object> Assets(FakeLocation location, bool counts) => new()
    {
        ["assets"] = location.Assets.Select(asset =>
        {
            var count = asset.Counts;
            var row = new Dictionary<string, object>
            {
                ["adamIdStr"] = asset.AdamId,
                ["pricingParam"] = asset.PricingParam,
                ["productTypeId"] = Number(asset.ProductType == "Book" ? 10 : asset.Platforms.Contains("macOS") && !asset.Platforms.Contains("iOS") ? 7 : 8),
                ["productTypeName"] = asset.ProductType == "Book" ? "Publication" : "Application",
                ["isIrrevocable"] = !asset.Revocable,
                ["deviceAssignable"] = asset.DeviceAssignable,
            };
            if (!counts) return row;

            foreach (var (name, value) in new[] { ("assignedCount", count.Assigned), ("availableCount", count.Available), ("retiredCount", count.Retired), ("totalCount", count.Total) })
                row[name] = Number(value);

            return row;
        }).ToList(),
    };

    private Dictionary<string, object> Assignments(FakeLocation location, int page, string? requestId)
    {
        var all = location.Assignments;
        var rows = all.Skip(page * PageSize).Take(PageSize).Select(row => new
        {
            adamIdStr = row.AdamId,
            pricingParam = row.PricingParam,
            clientUserIdStr = row.ClientUserId,
            serialNumber = row.SerialNumber,
        }).ToList();
        var body = new Dictionary<string, object>
        {
            ["assignments"] = rows,
            ["assignmentsInCurrentPage"] = Number(rows.Count),
            ["currentPageIndex"] = Number(page),
            ["totalAssignments"] = Number(all.Count),
            ["totalPages"] = Number(Math.Max(1, (all.Count + PageSize - 1) / PageSize)),
            ["requestId"] = requestId ?? Guid.NewGuid().ToString(),
        };
        if ((page + 1) * PageSize < all.Count) body["nextPageIndex"] = Number(page + 1);

        return body;
    }

    private object Number(long value) => server.Settings.LegacyNumbersAsText ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : value;

    private static object ServiceConfig(string origin) => new
    {
        status = 0,
        clientConfigSrvUrl = $"{origin}/mdm/VPPClientConfigSrv",
        getVPPAssetsSrvUrl = $"{origin}/mdm/getVPPAssetsSrv",
        getAssignmentsSrvUrl = $"{origin}/mdm/getAssignments",
        contentMetadataLookupUrl = $"{origin}/WebObjects/MZStorePlatform.woa/wa/lookup",
    };

    private static AppleAnswer Refused(int number) =>
        AppleAnswer.Of(new { status = -1, errorNumber = number, errorMessage = ErrorTable.MessageOf(number) }) with { ErrorNumber = number };

    private static LegacyRequest? Read(AppleRequest request)
    {
        try
        {
            return request.Read<LegacyRequest>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record LegacyRequest
{
    public string? SToken { get; init; }
    public bool? IncludeLicenseCounts { get; init; }
    public string? RequestId { get; init; }
    public int? PageIndex { get; init; }
}
