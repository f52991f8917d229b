using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Finds the user that a request names for a device.</summary>
internal static class UserOfDevice
{
    /// <returns>The id of the user; the present one when the request names none.</returns>
    public static async Task<Outcome<Guid?>> FindAsync(VppContext context, DeviceValues values, Guid? present, CancellationToken ct)
    {
        if (values.UserId is { IsSet: true, Value: { } id })
        {
            return await context.Users.AnyAsync(user => user.Id == id, ct) ? new Guid?(id) : Unknown("userId", id.ToString());
        }

        if (values.UserPrincipalName is { IsSet: true, Value: { } name })
        {
            var found = await context.Users.Where(user => user.UserPrincipalName.ToLower() == name.ToLower()).Select(user => (Guid?)user.Id).SingleOrDefaultAsync(ct);
            return found is null ? Unknown("userPrincipalName", name) : found;
        }

        return values.UserId.IsSet || values.UserPrincipalName.IsSet ? default(Guid?) : present;
    }

    private static VppError Unknown(string property, string user) => VppError.InvalidValue(property, $"there is no user '{user}'.");
}
