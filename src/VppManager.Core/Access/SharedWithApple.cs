namespace VppManager.Core.Access;

/// <summary>What a field that is sent to Apple tells of.</summary>
public enum SharedSubject
{
    /// <summary>A person.</summary>
    User,

    /// <summary>A device.</summary>
    Device,

    /// <summary>Which product a person or device gets.</summary>
    Product,

    /// <summary>The organisation's access and the working of the service; no person and no device.</summary>
    Service,
}

/// <summary>One field of one call to Apple.</summary>
/// <param name="Call">Verb and path, without the host.</param>
/// <param name="Field">A member of the body, or a parameter of the address after a question mark, or a header before a colon.</param>
/// <param name="About">Whom it tells of.</param>
/// <param name="What">What stands in it.</param>
/// <param name="Purpose">What for.</param>
/// <param name="When">When it is sent.</param>
public sealed record SharedField(string Call, string Field, SharedSubject About, string What, string Purpose, string When);

/// <summary>
/// The one list of all that leaves this service towards Apple (G4). No name, mail address, user principal name, device name, model, system
/// version, owner or group is in it. A test holds every request against it.
/// </summary>
public static class SharedWithApple
{
    private const string ClientUserId = "A random id made by this service; Apple never learns the directory's own ids.";
    private const string Account = "The user's Managed Apple Account, if the directory has one.";
    private const string Serial = "The device's serial number.";
    private const string Give = "To give the licence.";
    private const string Take = "To take the licence back.";
    private const string OnGive = "A user or device is entitled to a licence and there is a free one.";
    private const string OnTake = "A licence is revoked or no longer wanted.";
    private const string OnSync = "At every synchronisation.";
    private const string Names = "To read names and icons.";
    private const string OnCatalogue = "At every synchronisation, if a developer's key is configured.";
    private const string OnLegacy = "When a token from before locations is checked or synchronised.";

    /// <summary>All fields, those about people and devices first.</summary>
    public static IReadOnlyList<SharedField> Fields { get; } =
    [
        new("POST /mdm/v2/users/create", "users[].clientUserId", SharedSubject.User, ClientUserId, "To register the user, so that licences can be given to them.",
            "A user gets the first user licence of a location, or the first after having been retired."),
        new("POST /mdm/v2/users/create", "users[].managedAppleId", SharedSubject.User, Account, "To register the user without an invitation.",
            "As above, for a user with a device enrolled by User Enrollment."),
        new("POST /mdm/v2/users/update", "users[].clientUserId", SharedSubject.User, ClientUserId, "To say whose account has changed.",
            "The Managed Apple Account of a registered user has changed in the directory."),
        new("POST /mdm/v2/users/update", "users[].managedAppleId", SharedSubject.User, Account, "To move the licences to the account that the user has now.",
            "As above."),
        new("POST /mdm/v2/users/retire", "users[].clientUserId", SharedSubject.User, ClientUserId, "To give the user up, with all that can be taken back.",
            "A registered user is deleted, or retired by an administrator."),
        new("GET /mdm/v2/users", "?clientUserId", SharedSubject.User, ClientUserId, "To learn status and invitation of single users.", "After few users were created or changed."),
        new("POST /mdm/v2/assets/associate", "clientUserIds[]", SharedSubject.User, ClientUserId, Give, OnGive),
        new("POST /mdm/v2/assets/associate", "serialNumbers[]", SharedSubject.Device, Serial, Give, OnGive),
        new("POST /mdm/v2/assets/associate", "assets[].adamId", SharedSubject.Product, "The product's number in the store.", Give, OnGive),
        new("POST /mdm/v2/assets/associate", "assets[].pricingParam", SharedSubject.Product, "The quality of the licence.", Give, OnGive),
        new("POST /mdm/v2/assets/disassociate", "clientUserIds[]", SharedSubject.User, ClientUserId, Take, OnTake),
        new("POST /mdm/v2/assets/disassociate", "serialNumbers[]", SharedSubject.Device, Serial, Take, OnTake),
        new("POST /mdm/v2/assets/disassociate", "assets[].adamId", SharedSubject.Product, "The product's number in the store.", Take, OnTake),
        new("POST /mdm/v2/assets/disassociate", "assets[].pricingParam", SharedSubject.Product, "The quality of the licence.", Take, OnTake),

        new("every call", "Authorization:", SharedSubject.Service, "The location's content token.", "To prove that the organisation allows it.", "Always."),
        new("POST /mdm/v2/client/config", "mdmInfo.id", SharedSubject.Service, "An id of this service for the tenant.", "To claim the location.", "A token is added or its location taken over."),
        new("POST /mdm/v2/client/config", "mdmInfo.name", SharedSubject.Service, "The name of this service.", "To claim the location.", "As above."),
        new("POST /mdm/v2/client/config", "mdmInfo.metadata", SharedSubject.Service, "The service's own mark.", "To claim the location.", "As above."),
        new("POST /mdm/v2/client/config", "notificationUrl", SharedSubject.Service, "Where Apple reaches this service.", "To be told of changes.", "As above, if the service can be reached."),
        new("POST /mdm/v2/client/config", "notificationAuthToken", SharedSubject.Service, "A secret made for it.", "To know Apple's notifications.", "As above."),
        new("POST /mdm/v2/client/config", "notificationTypes[]", SharedSubject.Service, "What to be told of.", "To be told of changes.", "As above."),
        new("GET /mdm/v2/assets", "?adamId", SharedSubject.Service, "A product's number.", "To read its counts.", "After an event of it failed."),
        new("GET /mdm/v2/assets", "?pageIndex", SharedSubject.Service, "The page.", "To read what the location owns.", OnSync),
        new("GET /mdm/v2/assignments", "?adamId", SharedSubject.Service, "A product's number.", "To read who has a licence.", "After an event of it failed."),
        new("GET /mdm/v2/assignments", "?pageIndex", SharedSubject.Service, "The page.", "To read who has a licence.", OnSync),
        new("GET /mdm/v2/assignments", "?sinceVersionId", SharedSubject.Service, "Apple's mark of an earlier reading.", "To read changes alone.", OnSync),
        new("GET /mdm/v2/users", "?activeOnly", SharedSubject.Service, "Yes.", "To read users.", OnSync),
        new("GET /mdm/v2/users", "?pageIndex", SharedSubject.Service, "The page.", "To read users.", OnSync),
        new("GET /mdm/v2/users", "?sinceVersionId", SharedSubject.Service, "Apple's mark of an earlier reading.", "To read changes alone.", "After many users were created or changed."),
        new("GET /mdm/v2/status", "?eventId", SharedSubject.Service, "Apple's own id of an event.", "To learn what came of it.", "After every change."),
        new("GET content metadata lookup", "?id", SharedSubject.Service, "Numbers of products that the location owns.", Names, OnSync),
        new("GET content metadata lookup", "?version", SharedSubject.Service, "Fixed.", Names, OnSync),
        new("GET content metadata lookup", "?p", SharedSubject.Service, "Fixed.", Names, OnSync),
        new("GET content metadata lookup", "?caller", SharedSubject.Service, "Fixed.", Names, OnSync),
        new("GET content metadata lookup", "?platform", SharedSubject.Service, "Business or education.", Names, OnSync),
        new("GET content metadata lookup", "?cc", SharedSubject.Service, "The country of the store.", Names, OnSync),
        new("GET content metadata lookup", "?l", SharedSubject.Service, "The language.", Names, OnSync),
        new("GET content metadata lookup", "Cookie:", SharedSubject.Service, "The location's content token.", "To be shown the organisation's own apps.", OnSync),

        new("GET content catalogue", "?ids", SharedSubject.Service, "Numbers of products that the location owns.", Names, OnCatalogue),
        new("GET content catalogue", "?platform", SharedSubject.Service, "Fixed.", Names, OnCatalogue),
        new("GET content catalogue", "?additionalPlatforms", SharedSubject.Service, "Fixed.", Names, OnCatalogue),
        new("GET content catalogue", "?extend[apps]", SharedSubject.Service, "Fixed.", Names, OnCatalogue),
        new("GET content catalogue", "?l", SharedSubject.Service, "The language.", Names, OnCatalogue),
        new("GET content catalogue", "Authorization:", SharedSubject.Service, "The developer's token, made from the configured key.", Names, OnCatalogue),
        new("GET content catalogue", "Cookie:", SharedSubject.Service, "The location's content token.", "To be shown the organisation's own apps.", OnCatalogue),

        new("POST /mdm/VPPClientConfigSrv", "sToken", SharedSubject.Service, "The content token.", "To learn whose account a token from before locations speaks for.", OnLegacy),
        new("POST /mdm/getVPPAssetsSrv", "sToken", SharedSubject.Service, "The content token.", "To read what the account owns.", OnLegacy),
        new("POST /mdm/getVPPAssetsSrv", "includeLicenseCounts", SharedSubject.Service, "Fixed.", "To read what the account owns.", OnLegacy),
        new("POST /mdm/getAssignments", "sToken", SharedSubject.Service, "The content token.", "To read which licences are in use.", OnLegacy),
        new("POST /mdm/getAssignments", "requestId", SharedSubject.Service, "Apple's mark of the reading under way.", "To read which licences are in use.", OnLegacy),
        new("POST /mdm/getAssignments", "pageIndex", SharedSubject.Service, "The page.", "To read which licences are in use.", OnLegacy),
    ];
}
