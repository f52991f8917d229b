using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Licenses;

namespace VppManager.Api.Tests.Licenses;

/// <summary>What the ledger tells (L23).</summary>
internal static class Ledger
{
    private const string Graph = "/beta/deviceAppManagement/mobileApps";

    /// <summary>The licences of an app by serial number or user.</summary>
    public static async Task<List<LicenseLine>> LicensesAsync(this Organization organization, Guid app) =>
        [.. (await organization.GetAsync($"/vpp/apps/{app}/licenses?top=1000"))["value"]!.AsArray().Select(one => new LicenseLine(
            one!["id"]!.GetValue<Guid>(), one["serialNumber"]?.GetValue<string>() ?? one["userId"]!.ToString(),
            one["state"]!.GetValue<string>(), one["reason"]?.GetValue<string>(), one["tracked"]!.GetValue<bool>()))];

    public static async Task<LicenseLine> LicenseAsync(this Organization organization, Guid app, string holder) =>
        (await organization.LicensesAsync(app)).Single(one => one.Holder == holder);

    public static Task AssignAgainAsync(this Organization organization, Guid license) => organization.PostAsync($"/vpp/licenses/{license}/assignAgain", null);

    public static async Task<List<LedgerLine>> LedgerAsync(this Organization organization, Guid license) =>
        [.. (await organization.GetAsync($"/vpp/licenses/{license}/ledger")).AsArray().Select(one => new LedgerLine(
            one!["toState"]!.GetValue<string>(), one["cause"]!.GetValue<string>(), Text(one["actor"]), Text(one["reason"]), Text(one["eventId"])))];

    /// <summary>Waits until all is settled; until then every state that is seen must add up.</summary>
    public static async Task<LicensingFigures> HeldAsync(this Organization organization, Guid app, int held) =>
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures.Settled && figures.Held == held);

    public static Task RevokeAsync(this Organization organization, Guid app, string action, object? body = null) =>
        organization.PostAsync($"{Graph}/{app}/{action}", body ?? new { });

    public static IEnumerable<string> SerialsAtApple(this Organization organization, string adamId) =>
        organization.Location.Assignments.Where(one => one.AdamId == adamId).Select(one => one.SerialNumber!).Order();

    /// <summary>Every step of the tenant is one that the life of a licence allows, and the steps end where the licences are.</summary>
    public static async Task AssertWholeAsync(this ServiceFixture service, Organization organization)
    {
        var steps = await service.ColumnAsync<string>(
            "select distinct coalesce(from_state, '') || '>' || to_state from license_ledger where tenant_id = $1", organization.Tenant);
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.True(From(step).Allows(Enum.Parse<LicenseState>(step.Split('>')[1], ignoreCase: true)), step));
        Assert.Equal(0, await service.ScalarAsync<long>("""
            select count(*) from licenses l
            where l.tenant_id = $1 and l.state is distinct from (
                select to_state from license_ledger e where e.tenant_id = $1 and e.license_id = l.id order by e.id desc limit 1)
            """, organization.Tenant));
        Assert.Equal(0, await service.ScalarAsync<long>("""
            select count(*) from pools p
            where p.tenant_id = $1 and p.taken <> (
                select count(*) from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.state in ('assigning', 'held', 'releasing'))
            """, organization.Tenant));
    }

    private static LicenseState? From(string step) => step.StartsWith('>') ? null : Enum.Parse<LicenseState>(step.Split('>')[0], ignoreCase: true);

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}

internal sealed record LicenseLine(Guid Id, string Holder, string State, string? Reason, bool Tracked);

internal sealed record LedgerLine(string ToState, string Cause, string? Actor, string? Reason, string? EventId);
