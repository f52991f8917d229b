using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Apps;

/// <summary>An icon as it is sent: what kind of image, and its bytes.</summary>
internal sealed record IconValue(string? Type, byte[] Value);

/// <summary>What an administrator may change of an app or a book. What is left out stays.</summary>
internal sealed record AppValues
{
    private const int LongestText = 16 * 1024;
    private const int LargestIcon = 1024 * 1024;

    public Change<string> DisplayName { get; init; }
    public Change<string> Description { get; init; }
    public Change<string> Publisher { get; init; }
    public Change<string> Developer { get; init; }
    public Change<string> Owner { get; init; }
    public Change<string> Notes { get; init; }
    public Change<string> InformationUrl { get; init; }
    public Change<string> PrivacyInformationUrl { get; init; }
    public Change<bool?> IsFeatured { get; init; }
    public Change<IReadOnlyList<string>> RoleScopeTagIds { get; init; }
    public Change<string> DeliveryProtocol { get; init; }
    public Change<IconValue> Icon { get; init; }

    /// <summary>Graph's names of what is set.</summary>
    public IEnumerable<string> Named => Texts().Where(text => text.Change.IsSet).Select(text => text.Name)
        .Concat(IsFeatured.IsSet ? ["isFeatured"] : [])
        .Concat(Icon.IsSet ? ["largeIcon"] : []);

    public VppError? Fault() =>
        Texts().Select(text => ValueRules.AtMost(LongestText, text.Name, text.Change)).FirstOrDefault(fault => fault is not null)
        ?? ValueRules.NotNull("isFeatured", IsFeatured)
        ?? (Icon.Value is { Value.Length: > LargestIcon } ? VppError.InvalidValue("largeIcon", "it is larger than 1 MiB.") : null);

    public void ApplyTo(App app)
    {
        app.DisplayName = DisplayName.Or(app.DisplayName);
        app.Description = Description.Or(app.Description);
        app.Publisher = Publisher.Or(app.Publisher);
        app.Developer = Developer.Or(app.Developer);
        app.Owner = Owner.Or(app.Owner);
        app.Notes = Notes.Or(app.Notes);
        app.InformationUrl = InformationUrl.Or(app.InformationUrl);
        app.PrivacyInformationUrl = PrivacyInformationUrl.Or(app.PrivacyInformationUrl);
        app.IsFeatured = IsFeatured.Or(app.IsFeatured)!.Value;
        app.DeliveryProtocol = DeliveryProtocol.Or(app.DeliveryProtocol)!;
        app.RoleScopeTagIds = RoleScopeTagIds.IsSet ? [.. RoleScopeTagIds.Value ?? ["0"]] : app.RoleScopeTagIds;
        app.Edited = [.. app.Edited.Union(Named)];
    }

    private IEnumerable<(string Name, Change<string> Change)> Texts() =>
    [
        ("displayName", DisplayName), ("description", Description), ("publisher", Publisher), ("developer", Developer), ("owner", Owner),
        ("notes", Notes), ("informationUrl", InformationUrl), ("privacyInformationUrl", PrivacyInformationUrl),
    ];
}
