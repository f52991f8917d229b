namespace VppManager.Api.Directory;

/// <summary>A kind of row with a table of its own: how an import merges it. All kinds are merged by the same statements.</summary>
/// <param name="Name">The section of the body, and the table.</param>
/// <param name="Word">What one of them is called.</param>
/// <param name="Key">The column that rows without an id are known by.</param>
/// <param name="Columns">What an import may change.</param>
/// <param name="FixedColumns">What is set once.</param>
/// <param name="Defaults">Names and values for a new row, $2 being now.</param>
/// <param name="Matters">Whether the change from <c>x.was</c> to <c>x.now</c> decides about licences.</param>
/// <param name="Touched">Who must then be looked at again.</param>
internal sealed record ImportSection(
    string Name, string Word, string Key, string[] Columns, string[] FixedColumns, string Defaults, string Matters, string Touched)
{
    public string[] AllColumns => [.. FixedColumns, .. Columns];

    /// <summary>Groups may share a display name.</summary>
    public bool IsKeyUnique => Word != "group";

    /// <summary>Users are known by their principal name in any case.</summary>
    public string Same(string key) => Word == "user" ? $"lower({key})" : key;
}

internal static class ImportSections
{
    /// <summary>The devices that the import has added.</summary>
    public const string NewDevices = "select id from import_objects where section = 'devices' and not known";

    public const string Memberships = "memberships";

    public static readonly ImportSection Users = new(
        "users", "user", "user_principal_name",
        ["user_principal_name", "display_name", "mail", "mail_nickname", "given_name", "surname", "usage_location", "user_type", "account_enabled", "managed_apple_id"],
        ["created_at"],
        "'user_type', 'Member', 'account_enabled', true, 'created_at', $2",
        "((x.was).account_enabled, (x.was).managed_apple_id) is distinct from ((x.now).account_enabled, (x.now).managed_apple_id)",
        "array[(x.now).id]");

    public static readonly ImportSection Devices = new(
        "devices", "device", "serial_number",
        ["azure_ad_device_id", "directory_object_id", "device_name", "user_id", "operating_system", "os_version", "model", "manufacturer", "is_supervised", "is_kiosk", "is_app_store_blocked",
         "owner_type", "enrollment_type", "management_state"],
        ["serial_number", "enrolled_at", "last_sync_at"],
        """
        'azure_ad_device_id', gen_random_uuid(), 'directory_object_id', gen_random_uuid(), 'is_supervised', false, 'is_kiosk', false, 'is_app_store_blocked', false, 'owner_type', 'company',
        'enrollment_type', 'unknown', 'management_state', 'managed', 'enrolled_at', $2, 'last_sync_at', $2
        """,
        """
        ((x.was).user_id, (x.was).operating_system, (x.was).enrollment_type, (x.was).management_state)
        is distinct from ((x.now).user_id, (x.now).operating_system, (x.now).enrollment_type, (x.now).management_state)
        """,
        "array[(x.now).id, (x.was).user_id, (x.now).user_id]");

    public static readonly ImportSection Groups = new(
        "groups", "group", "display_name", ["display_name", "description", "mail_nickname", "group_types", "mail_enabled", "security_enabled"], ["created_at"],
        "'group_types', '[]'::jsonb, 'mail_enabled', false, 'security_enabled', true, 'created_at', $2", "false", "array[]::uuid[]");

    public static string Of(IImportRow row) => row switch
    {
        ImportUser => Users.Name,
        ImportDevice => Devices.Name,
        ImportGroup => Groups.Name,
        ImportMembership => Memberships,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, null),
    };
}
