namespace VppManager.FakeApple.Apps;

internal readonly record struct AssetKey(string AdamId, string PricingParam)
{
    public const string Standard = "STDQ";
}
