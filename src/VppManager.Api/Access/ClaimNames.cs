namespace VppManager.Api.Access;

/// <summary>Claims as Entra ID writes them; nothing maps them to other names on the way in.</summary>
internal static class ClaimNames
{
    public const string Tenant = "tid";
    public const string Object = "oid";
    public const string Scopes = "scp";
    public const string Roles = "roles";
    public const string Groups = "groups";
    public const string DirectoryRoles = "wids";
    public const string UserPrincipalName = "upn";
    public const string PreferredUserName = "preferred_username";
    public const string AuthorizedParty = "azp";
    public const string ApplicationId = "appid";
    public const string TokenKind = "idtyp";
    public const string ApplicationToken = "app";
}
