using VppManager.Api.Access.Roles;
using VppManager.Api.Apps;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>
/// Apps and books in Graph's form and in ours. What clients cannot change is passed over: they send back what they have read.
/// </summary>
internal static class AppForms
{
    public static AppValues Of(Patch<MobileApp> body)
    {
        Change<T> Given<T>(string property, T? value) => body.Has(property) ? value : default(Change<T>);

        var app = body.Value;
        return new AppValues
        {
            DisplayName = Given(nameof(MobileApp.DisplayName), app.DisplayName),
            Description = Given(nameof(MobileApp.Description), app.Description),
            Publisher = Given(nameof(MobileApp.Publisher), app.Publisher),
            Developer = Given(nameof(MobileApp.Developer), app.Developer),
            Owner = Given(nameof(MobileApp.Owner), app.Owner),
            Notes = Given(nameof(MobileApp.Notes), app.Notes),
            InformationUrl = Given(nameof(MobileApp.InformationUrl), app.InformationUrl),
            PrivacyInformationUrl = Given(nameof(MobileApp.PrivacyInformationUrl), app.PrivacyInformationUrl),
            IsFeatured = Given<bool?>(nameof(MobileApp.IsFeatured), app.IsFeatured),
            RoleScopeTagIds = Given<IReadOnlyList<string>>(nameof(MobileApp.RoleScopeTagIds), TagsOf(app.RoleScopeTagIds)),
            DeliveryProtocol = Given(nameof(IosVppApp.AppleDeviceAppDeliveryProtocolType), ProtocolOf(app)),
            Icon = Given(nameof(MobileApp.LargeIcon), IconOf(app.LargeIcon)),
        };
    }

    public static AppValues Of(Patch<ManagedEBook> body)
    {
        Change<T> Given<T>(string property, T? value) => body.Has(property) ? value : default(Change<T>);

        var book = body.Value;
        return new AppValues
        {
            DisplayName = Given(nameof(ManagedEBook.DisplayName), book.DisplayName),
            Description = Given(nameof(ManagedEBook.Description), book.Description),
            Publisher = Given(nameof(ManagedEBook.Publisher), book.Publisher),
            InformationUrl = Given(nameof(ManagedEBook.InformationUrl), book.InformationUrl),
            PrivacyInformationUrl = Given(nameof(ManagedEBook.PrivacyInformationUrl), book.PrivacyInformationUrl),
            RoleScopeTagIds = Given<IReadOnlyList<string>>(nameof(IosVppEBook.RoleScopeTagIds), TagsOf((book as IosVppEBook)?.RoleScopeTagIds ?? [])),
            Icon = Given(nameof(ManagedEBook.LargeCover), IconOf(book.LargeCover)),
        };
    }

    /// <summary>What has no scope tag has the default one.</summary>
    public static IReadOnlyList<string> TagsOf(IReadOnlyList<string> given) => given.Count == 0 ? [ScopeTag.Default] : given;

    public static string WordOf(AppleDeviceDeliveryProtocol protocol) => protocol is AppleDeviceDeliveryProtocol.UnknownFutureValue
        ? throw GraphFault.BadRequest("'unknownFutureValue' cannot be set.")
        : GraphName.Of(protocol.ToString());

    private static string ProtocolOf(MobileApp app) => WordOf(
        app is MacOsVppApp mac ? mac.AppleDeviceAppDeliveryProtocolType : ((IosVppApp)app).AppleDeviceAppDeliveryProtocolType);

    private static IconValue? IconOf(MimeContent? icon) => icon?.Value is { Length: > 0 } bytes ? new IconValue(icon.Type, bytes) : null;
}
