namespace VppManager.Api.Access;

/// <summary>Whose rules apply to a tenant where Intune's pages changed.</summary>
internal static class Behaviors
{
    public const string Intune2020 = "intune2020";
    public const string Intune2026 = "intune2026";
}
