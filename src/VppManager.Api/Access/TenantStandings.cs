using System.Collections.Concurrent;

namespace VppManager.Api.Access;

/// <summary>
/// The standings of tenants, kept for a few seconds: a change of roles or a suspension counts after that on every instance, and at once on the one
/// that made it.
/// </summary>
internal sealed class TenantStandings(TenantStandings.Read read, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, (TenantStanding Standing, DateTimeOffset Until)> known = new();

    public delegate Task<TenantStanding> Read(Guid tenant, CancellationToken ct);

    public ValueTask<TenantStanding> OfAsync(Guid tenant, CancellationToken ct) =>
        known.TryGetValue(tenant, out var one) && one.Until > time.GetUtcNow()
            ? ValueTask.FromResult(one.Standing)
            : new ValueTask<TenantStanding>(ReadAsync(tenant, ct));

    public void Forget(Guid tenant) => known.TryRemove(tenant, out _);

    private async Task<TenantStanding> ReadAsync(Guid tenant, CancellationToken ct)
    {
        // The moment before reading: what changes meanwhile is not kept for longer than it should be.
        var until = time.GetUtcNow() + Kept;
        var standing = await read(tenant, ct);
        known[tenant] = (standing, until);
        return standing;
    }
}
