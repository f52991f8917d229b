using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>
/// Apple may refuse a request as too big while it still announces limits that the request keeps. Then half of what was refused is tried, and half of
/// that, down to one, for as long as announced limits may be old.
/// </summary>
internal static class NarrowedLimits
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <summary>The announced limits, or less where that was too much a moment ago at this location.</summary>
    public static async Task<ServiceLimits> OfAsync(TenantTransaction transaction, Guid location, ServiceLimits announced, DateTimeOffset now, CancellationToken ct)
    {
        var halves = await transaction.ReadOneAsync(
            Sql.Command(Halves, transaction.Tenant, location, Guid.CreateVersion7(now - Remembered),
                AppleErrorNumber.TooManyAssets, AppleErrorNumber.TooManyClientUserIds, AppleErrorNumber.TooManySerialNumbers, AppleErrorNumber.TooManyUsers),
            row => (Assets: row.GetInt32(0), ClientUserIds: row.GetInt32(1), SerialNumbers: row.GetInt32(2), Users: row.GetInt32(3)), ct);
        return announced with
        {
            MaxAssets = Math.Min(announced.MaxAssets, halves.Assets),
            MaxClientUserIds = Math.Min(announced.MaxClientUserIds, halves.ClientUserIds),
            MaxSerialNumbers = Math.Min(announced.MaxSerialNumbers, halves.SerialNumbers),
            MaxUsers = Math.Min(announced.MaxUsers, halves.Users),
        };
    }

    /// <summary>Whether nothing less can be asked for than what was refused: then only time can help.</summary>
    public static bool IsLeast(AppleRequest request, int? number) => number switch
    {
        AppleErrorNumber.TooManyAssets => request.PoolIds.Length,
        AppleErrorNumber.TooManySerialNumbers => request.SerialNumbers.Length,
        _ => request.ClientUserIds.Length,
    } <= 1;

    /// <summary>Ids begin with the time, so that only the latest requests are looked at.</summary>
    private const string Halves = """
        select coalesce(min(greatest(cardinality(pool_ids) / 2, 1)) filter (where error_number = $4), 2147483647),
               coalesce(min(greatest(cardinality(client_user_ids) / 2, 1)) filter (where error_number = $5), 2147483647),
               coalesce(min(greatest(cardinality(serial_numbers) / 2, 1)) filter (where error_number = $6), 2147483647),
               coalesce(min(greatest(cardinality(client_user_ids) / 2, 1)) filter (where error_number = $7), 2147483647)
        from apple_requests where tenant_id = $1 and location_id = $2 and id > $3 and state = 'refused' and error_number in ($4, $5, $6, $7)
        """;
}
