namespace VppManager.Core;

/// <summary>What kind of refusal an error is; each way in maps a kind to its own status (HTTP: 400, 404, 409, 413, 422).</summary>
public enum VppErrorKind
{
    /// <summary>The request is wrong in itself.</summary>
    Invalid,

    /// <summary>The thing asked for is not there, or not the caller's.</summary>
    NotFound,

    /// <summary>The request does not fit the present state.</summary>
    Conflict,

    /// <summary>A rule of the product says no.</summary>
    Refused,
}

/// <summary>
/// An expected refusal: one of a closed list, with a stable code that clients may rely on. Faults (a broken database, a bug) are exceptions instead.
/// </summary>
public sealed record VppError
{
    private VppError(string code, VppErrorKind kind, string message) => (Code, Kind, Message) = (code, kind, message);

    /// <summary>The stable code, lowerCamelCase.</summary>
    public string Code { get; }

    /// <summary>Which kind of refusal it is.</summary>
    public VppErrorKind Kind { get; }

    /// <summary>A sentence for a person. Never holds a secret.</summary>
    public string Message { get; }

    /// <summary>A value in the request is missing or wrong.</summary>
    public static VppError InvalidValue(string property, string message) =>
        new("invalidValue", VppErrorKind.Invalid, $"The property '{property}' is not valid: {message}");

    /// <summary>The resource is unknown to this tenant.</summary>
    public static VppError NotFound(string resource, string id) =>
        new("notFound", VppErrorKind.NotFound, $"The {resource} '{id}' does not exist.");

    /// <summary>T3: the token file cannot be read; the message says why.</summary>
    public static VppError TokenUnreadable(string fault) =>
        new("tokenUnreadable", VppErrorKind.Invalid, $"The token file cannot be read: {fault}");

    /// <summary>T2: consent to share data with Apple was not granted.</summary>
    public static readonly VppError ConsentNotGranted = new("consentNotGranted", VppErrorKind.Invalid,
        "dataSharingConsentGranted must be true: without it no data may be sent to Apple, and the token is not stored.");

    /// <summary>T5: the tenant has as many tokens as it may have.</summary>
    public static VppError TooManyTokens(int limit) =>
        new("tooManyTokens", VppErrorKind.Refused, $"A tenant can have at most {limit} location tokens.");

    /// <summary>T6: the location is managed elsewhere; it is not told by whom.</summary>
    public static readonly VppError LocationNotAvailable = new("locationNotAvailable", VppErrorKind.Conflict,
        "The location of this token is already managed through another organisation of this service.");

    /// <summary>T10: a renewal with a file of another location.</summary>
    public static readonly VppError TokenOfAnotherLocation = new("tokenOfAnotherLocation", VppErrorKind.Conflict,
        "The file belongs to another location. A token can be renewed only with a file of its own location.");

    /// <summary>The token cannot sync in the state it is in.</summary>
    public static VppError TokenCannotSync(string state) =>
        new("tokenCannotSync", VppErrorKind.Conflict, $"A token in state '{state}' is not synchronised.");

    /// <summary>A5: one group carries two intents for one app.</summary>
    public static VppError TwoIntentsForOneGroup(string target) =>
        new("twoIntentsForOneGroup", VppErrorKind.Invalid, $"The target '{target}' carries more than one intent for this app.");

    /// <summary>The same target is named twice.</summary>
    public static VppError TargetNamedTwice(string target) =>
        new("targetNamedTwice", VppErrorKind.Invalid, $"The target '{target}' is named more than once.");

    /// <summary>A2: Available is not for devices.</summary>
    public static readonly VppError AvailableNotForDevices = new("availableNotForDevices", VppErrorKind.Invalid,
        "The intent 'available' is not supported for groups that hold devices, nor for all devices.");

    /// <summary>Volume-purchased apps know no 'availableWithoutEnrollment'.</summary>
    public static readonly VppError IntentNotSupported = new("intentNotSupported", VppErrorKind.Invalid,
        "The intent 'availableWithoutEnrollment' is not supported for volume-purchased apps.");

    /// <summary>L12: the developer does not allow device assignment.</summary>
    public static readonly VppError DeviceLicensingNotSupported = new("deviceLicensingNotSupported", VppErrorKind.Invalid,
        "The app cannot be licensed to devices: its developer does not allow device assignment.");

    /// <summary>L11: books are licensed to users only.</summary>
    public static readonly VppError BooksAreForUsers = new("booksAreForUsers", VppErrorKind.Invalid,
        "Books are licensed to users only.");

    /// <summary>L11: a book licence cannot be taken back.</summary>
    public static readonly VppError NotRevocable = new("notRevocable", VppErrorKind.Refused,
        "The licence cannot be taken back: Apple does not allow it for this product.");

    /// <summary>The holder has no licence of the app that could be revoked.</summary>
    public static readonly VppError NoLicenseToRevoke = new("noLicenseToRevoke", VppErrorKind.NotFound,
        "There is no licence of this app to revoke from this holder.");

    /// <summary>The licence was taken back before, or is on its way back.</summary>
    public static readonly VppError LicenseRevokedAlready = new("licenseRevokedAlready", VppErrorKind.Conflict,
        "The licence of this holder has been revoked already.");

    /// <summary>A9: the preview was given up, so as not to stand in the way of what is really done.</summary>
    public static readonly VppError PreviewTookTooLong = new("previewTookTooLong", VppErrorKind.Refused,
        "The preview took too long and was given up. Nothing was changed. Try it with a smaller change, or later.");

    /// <summary>G3: apps come and go with the token.</summary>
    public static readonly VppError SyncedAppCannotBeDeleted = new("syncedAppCannotBeDeleted", VppErrorKind.Refused,
        "The app was synchronised from Apple and cannot be deleted.");

    /// <summary>G3, later behaviour: an app can be deleted once it has no licences.</summary>
    public static readonly VppError AppHasLicenses = new("appHasLicenses", VppErrorKind.Refused,
        "The app still has licences. Revoke them and move them to another location, then synchronise and delete the app.");

    /// <summary>The categories that every tenant has.</summary>
    public static readonly VppError BuiltInCategory = new("builtInCategory", VppErrorKind.Refused,
        "The category is built in and cannot be changed or deleted.");

    /// <summary>G1: the roles that every tenant has.</summary>
    public static readonly VppError BuiltInRole = new("builtInRole", VppErrorKind.Refused,
        "The role is built in and cannot be changed or deleted.");

    /// <summary>G1: a role that somebody has been given.</summary>
    public static readonly VppError RoleIsAssigned = new("roleIsAssigned", VppErrorKind.Conflict,
        "The role is assigned. Delete its assignments first.");

    /// <summary>G2: the scope tag that every tenant has.</summary>
    public static readonly VppError BuiltInScopeTag = new("builtInScopeTag", VppErrorKind.Refused,
        "The scope tag is built in and cannot be changed or deleted.");

    /// <summary>G2: a scope tag that something carries.</summary>
    public static readonly VppError ScopeTagInUse = new("scopeTagInUse", VppErrorKind.Conflict,
        "The scope tag is in use by tokens, apps or role assignments.");

    /// <summary>G2: who is bound to scope tags gives away no others.</summary>
    public static readonly VppError ScopeTagsNotYours = new("scopeTagsNotYours", VppErrorKind.Refused,
        "The caller is bound to scope tags and can give only those, at least one.");

    /// <summary>Volume-purchased apps appear through sync only.</summary>
    public static readonly VppError PostNotSupported = new("postNotSupported", VppErrorKind.Invalid,
        "POST is not supported for this app type.");

    /// <summary>The name must be unique within the tenant.</summary>
    public static VppError AlreadyExists(string resource, string name) =>
        new("alreadyExists", VppErrorKind.Conflict, $"A {resource} with the name '{name}' exists already.");

    /// <summary>What is to be added to a group is a member of it already.</summary>
    public static readonly VppError MemberExists = new("memberExists", VppErrorKind.Invalid,
        "One or more added object references already exist for the following modified properties: 'members'.");

    /// <summary>A group cannot contain itself, directly or through others.</summary>
    public static readonly VppError GroupCycle = new("groupCycle", VppErrorKind.Invalid,
        "A group cannot be a member of itself, directly or through other groups.");

    /// <summary>A device that is not managed (any more) is told nothing.</summary>
    public static readonly VppError DeviceNotManaged = new("deviceNotManaged", VppErrorKind.Conflict,
        "The device is not managed by this service. Enrol it first.");

    /// <summary>D5: the portal does not offer the app to this user on this device.</summary>
    public static readonly VppError AppNotOffered = new("appNotOffered", VppErrorKind.Refused,
        "The app is not offered to this user on this device.");

    /// <summary>D4: there is no newer version, or the app is not on the device.</summary>
    public static readonly VppError NothingToUpdate = new("nothingToUpdate", VppErrorKind.Conflict,
        "There is nothing to update: the app is not on the device, or its newest version is.");

    /// <summary>D4: apps licensed to a user are updated as the user's own store settings say.</summary>
    public static readonly VppError UpdatesAreTheUsersOwn = new("updatesAreTheUsersOwn", VppErrorKind.Refused,
        "The app is licensed to the user: it is updated as the user's own App Store settings say.");
}
