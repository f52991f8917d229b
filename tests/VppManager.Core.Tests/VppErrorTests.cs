using System.Reflection;

namespace VppManager.Core.Tests;

/// <summary>Clients compare codes: they never change, and a new one is added here on purpose.</summary>
public sealed class VppErrorTests
{
    private static readonly string[] Known =
    [
        "alreadyExists Conflict",
        "appHasLicenses Refused",
        "appNotOffered Refused",
        "availableNotForDevices Invalid",
        "booksAreForUsers Invalid",
        "builtInCategory Refused",
        "builtInRole Refused",
        "builtInScopeTag Refused",
        "consentNotGranted Invalid",
        "deviceLicensingNotSupported Invalid",
        "deviceNotManaged Conflict",
        "groupCycle Invalid",
        "intentNotSupported Invalid",
        "invalidValue Invalid",
        "licenseRevokedAlready Conflict",
        "locationNotAvailable Conflict",
        "memberExists Invalid",
        "noLicenseToRevoke NotFound",
        "notFound NotFound",
        "notRevocable Refused",
        "nothingToUpdate Conflict",
        "postNotSupported Invalid",
        "previewTookTooLong Refused",
        "roleIsAssigned Conflict",
        "scopeTagInUse Conflict",
        "scopeTagsNotYours Refused",
        "syncedAppCannotBeDeleted Refused",
        "targetNamedTwice Invalid",
        "tokenCannotSync Conflict",
        "tokenOfAnotherLocation Conflict",
        "tokenUnreadable Invalid",
        "tooManyTokens Refused",
        "twoIntentsForOneGroup Invalid",
        "updatesAreTheUsersOwn Refused",
    ];

    [Fact]
    public void All_CodesAndKinds_AreTheOnesThatClientsKnow() =>
        Assert.Equal(Known, All().Select(error => $"{error.Code} {error.Kind}").Order(StringComparer.Ordinal));

    [Fact]
    public void All_Messages_AreSentences() =>
        Assert.All(All(), error => Assert.True(char.IsLetter(error.Message[0]) && error.Message[^1] is '.', error.Message));

    [Fact]
    [Trait("Rule", "T6"), Trait("Rule", "G5")]
    public void LocationNotAvailable_Message_NamesNobody() =>
        Assert.Equal("The location of this token is already managed through another organisation of this service.", VppError.LocationNotAvailable.Message);

    /// <summary>Every error that there is: the constants, and what the methods make.</summary>
    private static IEnumerable<VppError> All()
    {
        var constants = typeof(VppError).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null));
        var made = typeof(VppError).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(VppError))
            .Select(method => method.Invoke(null, [.. method.GetParameters().Select(Sample)]));
        return constants.Concat(made).OfType<VppError>();
    }

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType == typeof(int) ? 3 : "it is not so.";
}
