using System.ComponentModel.DataAnnotations;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>As whom this service claims locations at Apple (T8).</summary>
internal sealed class MdmOptions
{
    public const string Section = "Apple";

    /// <summary>The name that other products show to their administrators.</summary>
    [Required, StringLength(100, MinimumLength = 1)]
    public string MdmName { get; init; } = "VppManager";

    public MdmInfo InfoOf(Guid tenant) => new(OwnId(tenant), MdmName, "VppManager");

    /// <summary>Apple's <c>mdmInfo.id</c> of the locations of a tenant.</summary>
    public static string OwnId(Guid tenant) => tenant.ToString();
}
