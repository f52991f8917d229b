using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VppManager.Apple.Apps;
using VppManager.Apple.Legacy;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    private const string LegacyPath = "mdm/";

    /// <summary>
    /// Reads whose token it is from the old service, which also answers for purchasers' tokens that version 2 refuses
    /// (<see cref="AppleErrorMeaning.LegacyToken"/>).
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/client-configuration"/>.
    /// </summary>
    /// <param name="token">The token.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The account; without <see cref="LegacyAnswer.Location"/> when the token is a purchaser's.</returns>
    /// <exception cref="AppleException">The token is dead, or Apple does not answer.</exception>
    public Task<LegacyAccount> GetLegacyAccountAsync(ContentToken token, CancellationToken ct) =>
        AskLegacyAsync("VPPClientConfigSrv", token, new LegacyRequest(SecretOf(token)), AppleJson.Default.LegacyAccount, ct);

    /// <summary>
    /// Reads everything a purchaser's account owns, with its counts.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/get-assets-3arto"/>.
    /// </summary>
    /// <param name="token">The token.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The assets, in today's words.</returns>
    /// <exception cref="AppleException">The token is dead, or Apple does not answer.</exception>
    public async Task<IReadOnlyList<Asset>> GetLegacyAssetsAsync(ContentToken token, CancellationToken ct)
    {
        var request = new LegacyRequest(SecretOf(token)) { IncludeLicenseCounts = true };
        var answer = await AskLegacyAsync("getVPPAssetsSrv", token, request, AppleJson.Default.LegacyAssets, ct);
        return [.. answer.Assets.Select(asset => asset.ToAsset())];
    }

    /// <summary>
    /// Reads all licences in use of a purchaser's account, one page after the other.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/get-assignments-158kc"/>.
    /// </summary>
    /// <param name="token">The token.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="AppleException">The token is dead, or Apple does not answer.</exception>
    public async IAsyncEnumerable<LegacyAssignments> ReadLegacyAssignmentsAsync(ContentToken token, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new LegacyRequest(SecretOf(token));
        while (true)
        {
            var page = await AskLegacyAsync("getAssignments", token, request, AppleJson.Default.LegacyAssignments, ct);
            yield return page;

            // A page that names none after it, or not one further on, is the last.
            if (page.NextPageIndex is not { } next || next <= (request.PageIndex ?? 0)) yield break;
            request = request with { RequestId = page.RequestId ?? request.RequestId, PageIndex = next };
        }
    }

    private async Task<T> AskLegacyAsync<T>(string path, ContentToken token, LegacyRequest request, JsonTypeInfo<T> answer, CancellationToken ct)
        where T : LegacyAnswer
    {
        var call = new AppleCall(path, HttpMethod.Post, new Query(path).Under(options.BaseAddress, LegacyPath))
        {
            Token = token,
            TokenInBody = true,
            IsRead = true,
            PermitsPerSecond = await PermitsAsync(ct),
            Body = JsonSerializer.SerializeToUtf8Bytes(request, AppleJson.Default.LegacyRequest),
        };
        return await transport.SendAsync(call, body => Whole(Parse(body, answer)), ct);
    }

    private static T Whole<T>(T answer) where T : LegacyAnswer =>
        answer.Status is 0 ? answer : throw new JsonException("The old service did not say that all went well, nor what went wrong.");

    private static string SecretOf(ContentToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.FileContent;
    }
}
