namespace VppManager.FakeApple.Tokens;

public sealed partial class FakeLocation
{
    /// <summary>Downloads a purchaser's token of the old kind: version 2 refuses it (9647), version 1 answers.</summary>
    public FakeToken IssueLegacyToken(DateTimeOffset? expires = null, string account = "purchaser@example.org")
    {
        var token = IssueToken(expires, account: account);
        token.MakeLegacy();

        return token;
    }

    /// <summary>The purchaser joins the organisation: everything this account owns moves to a location, licences in use included.</summary>
    public void MigrateTo(FakeLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        foreach (var asset in Assets)
        {
            var (total, holders) = (asset.Counts.Total, Assignments.Where(row => row.AdamId == asset.AdamId && row.PricingParam == asset.PricingParam).ToList());
            var (serials, users) = (holders.Select(row => row.SerialNumber).OfType<string>().ToList(), holders.Select(row => row.ClientUserId).OfType<string>().ToList());
            if (!location.Assets.Any(there => there.Key == asset.Key))
                location.AddAsset(asset.AdamId, 0, null, asset.Platforms, asset.DeviceAssignable, asset.ProductType, asset.PricingParam, null, asset.Revocable);

            location.Buy(asset.AdamId, total, asset.PricingParam);
            location.Assign(asset.AdamId, serials, users, asset.PricingParam);
            Unassign(asset.AdamId, serials, users, asset.PricingParam);
            lock (Gate) ChangeTotal(asset, -total);
        }
    }
}
