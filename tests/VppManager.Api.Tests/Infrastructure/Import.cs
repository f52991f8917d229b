namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Bodies of a directory import.</summary>
internal static class Import
{
    public static object Devices(Guid group, IEnumerable<string> serialNumbers)
    {
        var serials = serialNumbers.ToList();
        return new
        {
            devices = serials.Select(serial => new { serialNumber = serial, deviceName = serial, operatingSystem = "iPadOS" }),
            memberships = serials.Select(serial => new { group, device = serial }),
        };
    }

    public static object Users(Guid group, IEnumerable<string> names)
    {
        var users = names.Select(name => $"{name}@example.com").ToList();
        return new
        {
            users = users.Select(user => new { userPrincipalName = user, displayName = user, accountEnabled = true }),
            memberships = users.Select(user => new { group, user }),
        };
    }
}
