using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary>What is refused before an event is made, in Apple's order. Any refusal means nothing was done.</summary>
internal sealed class AssetRules(FakeSettings settings)
{
    private ServiceLimits Limits => settings.Limits;

    /// <summary>Called with the location's gate held.</summary>
    public AppleError? Check(FakeLocation location, string type, AssetRequest request)
    {
        if (type == LicenseEvent.Revoke)
        {
            return Arguments(request) ?? HasTargets(request)
                ?? TooMany(request, Limits.MaxRevokeClientUserIds, Limits.MaxRevokeSerialNumbers)
                ?? Duplicates(request) ?? UnknownUsers(location, request);
        }

        return HasAssets(request) ?? Arguments(request) ?? HasTargets(request)
            ?? (request.Keys.Count > Limits.MaxAssets ? new AppleError(9700) : null)
            ?? TooMany(request, Limits.MaxClientUserIds, Limits.MaxSerialNumbers)
            ?? DuplicateAssets(request.Keys) ?? Duplicates(request)
            ?? Flags(location, type, request) ?? UnknownUsers(location, request);
    }

    private static AppleError? HasAssets(AssetRequest request) => request.Assets is null or [] ? new AppleError(9718) : null;

    private static AppleError? HasTargets(AssetRequest request) =>
        request.Users.Count + request.Devices.Count == 0 ? new AppleError(9719) : null;

    private static AppleError? Arguments(AssetRequest request) =>
        request.Assets?.Any(asset => string.IsNullOrEmpty(asset?.AdamId) || asset.PricingParam is not (null or "STDQ" or "PLUS")) == true
        || request.Users.Concat(request.Devices).Any(string.IsNullOrEmpty) ? new AppleError(9602) : null;

    private static AppleError? TooMany(AssetRequest request, int mostUsers, int mostDevices)
    {
        if (request.Users.Count > mostUsers) return new AppleError(9701);

        return request.Devices.Count > mostDevices ? new AppleError(9702) : null;
    }

    private static AppleError? DuplicateAssets(List<AssetKey> keys) =>
        Repeated(keys) is { Count: > 0 } twice ? new AppleError(9703, new ErrorInfo { Assets = References(twice) }) : null;

    private static AppleError? Duplicates(AssetRequest request)
    {
        if (Repeated(request.Users) is { Count: > 0 } users) return new AppleError(9704, new ErrorInfo { ClientUserIds = users });

        return Repeated(request.Devices) is { Count: > 0 } devices ? new AppleError(9705, new ErrorInfo { SerialNumbers = devices }) : null;
    }

    private static AppleError? Flags(FakeLocation location, string type, AssetRequest request)
    {
        var owned = request.Keys.Select(location.Ledger.Find).OfType<FakeAsset>().ToList();
        if (type == LicenseEvent.Disassociate && owned.FindAll(asset => !asset.Revocable) is { Count: > 0 } books)
            return new AppleError(9706, new ErrorInfo { Assets = References(books.Select(asset => asset.Key)) });

        return request.Devices.Count > 0 && owned.FindAll(asset => !asset.DeviceAssignable) is { Count: > 0 } userOnly
            ? new AppleError(9707, new ErrorInfo { Assets = References(userOnly.Select(asset => asset.Key)) })
            : null;
    }

    private AppleError? UnknownUsers(FakeLocation location, AssetRequest request)
    {
        if (settings.UnknownUsersFailLater) return null;

        var unknown = request.Users.Where(id => location.Users.Active(id) is null).ToList();

        return unknown.Count > 0 ? new AppleError(9609, new ErrorInfo { ClientUserIds = unknown }) : null;
    }

    private static List<T> Repeated<T>(IEnumerable<T> items)
        where T : notnull
    {
        var seen = new HashSet<T>();

        return [.. items.Where(item => !seen.Add(item)).Distinct()];
    }

    private static List<AssetReference> References(IEnumerable<AssetKey> keys) =>
        [.. keys.Select(key => new AssetReference(key.AdamId, key.PricingParam))];
}
