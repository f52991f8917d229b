using System.Collections.Frozen;

namespace VppManager.FakeApple.Transport;

/// <summary>A refusal, synchronous or inside an event.</summary>
internal sealed record AppleError(int Number, ErrorInfo? Info = null, int? HttpStatus = null)
{
    public int Status => HttpStatus ?? ErrorTable.StatusOf(Number);

    public string Message => ErrorTable.MessageOf(Number);

    public ErrorBody ToBody() => new() { ErrorNumber = Number, ErrorMessage = Message, ErrorInfo = Info };
}

internal sealed record ErrorBody
{
    public required int ErrorNumber { get; init; }
    public required string ErrorMessage { get; init; }
    public ErrorInfo? ErrorInfo { get; init; }
}

internal sealed record ErrorInfo
{
    public IReadOnlyList<AssetReference>? Assets { get; init; }
    public IReadOnlyList<string>? ClientUserIds { get; init; }
    public IReadOnlyList<string>? SerialNumbers { get; init; }
}

internal sealed record AssetReference(string AdamId, string PricingParam);

internal static class ErrorTable
{
    private static readonly FrozenDictionary<int, (int Status, string Message)> Known = new Dictionary<int, (int, string)>
    {
        [9601] = (401, "Sign-in is required."),
        [9602] = (400, "An argument is invalid."),
        [9603] = (500, "Internal error."),
        [9609] = (400, "The registered user was not found."),
        [9621] = (401, "The content token has expired."),
        [9622] = (401, "The authentication token is not valid."),
        [9625] = (401, "The server has revoked the content token."),
        [9634] = (410, "This service was removed."),
        [9635] = (400, "The Apple Account cannot be associated with this user."),
        [9637] = (403, "This account is not allowed to do that."),
        [9641] = (400, "The Apple Account is associated with another user."),
        [9644] = (503, "Maintenance in progress."),
        [9645] = (403, "The location is managed by Apple and can only be read."),
        [9646] = (429, "Too many requests for this organisation."),
        [9647] = (403, "Legacy tokens are not supported here."),
        [9650] = (400, "The page index must be greater than 0 and within the set."),
        [9700] = (400, "Too many assets."),
        [9701] = (400, "Too many client user ids."),
        [9702] = (400, "Too many serial numbers."),
        [9703] = (400, "Duplicate assets."),
        [9704] = (400, "Duplicate client user ids."),
        [9705] = (400, "Duplicate serial numbers."),
        [9706] = (400, "The asset is not revocable."),
        [9707] = (400, "The asset is not assignable to devices."),
        [9708] = (400, "The event id is unknown."),
        [9709] = (400, "Not enough licences."),
        [9710] = (400, "The notification URL and token belong together."),
        [9711] = (400, "The notification URL or token is too long."),
        [9712] = (400, "The notification URL is not a valid https URL."),
        [9713] = (400, "The MDM metadata is too long."),
        [9714] = (400, "Too many users."),
        [9715] = (400, "Duplicate users."),
        [9716] = (400, "An active user with this client user id exists."),
        [9717] = (400, "The email address is not valid."),
        [9718] = (400, "Assets are missing."),
        [9719] = (400, "Client user ids or serial numbers are missing."),
        [9720] = (400, "Users are missing."),
        [9721] = (400, "The version id is not valid."),
        [9722] = (401, "The Authorization header is not of the form Bearer {sToken}."),
        [9723] = (400, "The MDM info needs id, name and metadata."),
        [9724] = (400, "The MDM id is too long."),
        [9725] = (400, "The MDM name is too long."),
        [9726] = (405, "The HTTP method is not supported."),
        [9727] = (415, "The content type must be application/json."),
        [9728] = (400, "The notification URL cannot be reached."),
        [9729] = (503, "Temporarily unavailable."),
    }.ToFrozenDictionary();

    public static IEnumerable<ErrorBody> All =>
        Known.OrderBy(entry => entry.Key).Select(entry => new ErrorBody { ErrorNumber = entry.Key, ErrorMessage = entry.Value.Message });

    public static int StatusOf(int number) => Known.TryGetValue(number, out var entry) ? entry.Status : 400;

    public static string MessageOf(int number) => Known.TryGetValue(number, out var entry) ? entry.Message : "Error.";
}
