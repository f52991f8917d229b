using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph;

/// <summary>A tenant at rest with one of everything; what is sent to it is refused and leaves no trace.</summary>
public sealed class BadInputOrganization(PostgresFixture postgres) : ServiceFixture(postgres)
{
    private readonly SemaphoreSlim once = new(1, 1);
    private Dictionary<string, string>? names;

    internal Organization Tenant { get => field ??= Organization(); }

    /// <summary>Puts ids in the place of names in braces.</summary>
    internal async Task<string> FillAsync(string text)
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            names ??= await BuildAsync();
        }
        finally
        {
            once.Release();
        }

        return names.Aggregate(text, (filled, name) => filled.Replace($"[{name.Key}]", name.Value, StringComparison.Ordinal));
    }

    /// <summary>How many rows the tenant has, table by table.</summary>
    internal async Task<string> RowsAsync()
    {
        var tables = await this.ColumnAsync<string>("""
            select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1
            """);
        var counts = string.Join(" || ' ' || ", tables.Select(table => $"'{table} ' || (select count(*) from {table} where tenant_id = $1)"));
        return await this.ScalarAsync<string>($"select {counts}", Tenant.Tenant);
    }

    private async Task<Dictionary<string, string>> BuildAsync()
    {
        Tenant.Location.AddAsset("4000001", 10);
        Tenant.Location.AddAsset("4000002", 10, deviceAssignable: false);
        var token = await Tenant.UploadTokenAsync();
        var (people, devices) = (await Tenant.GroupAsync("People"), await Tenant.GroupAsync("Devices"));
        var (user, device) = (await Tenant.UserAsync("ada"), await Tenant.DeviceAsync("BAD000000001"));
        await Tenant.JoinAsync(people, user);
        await Tenant.JoinAsync(devices, device);
        await Eventually.IsAsync(() => this.ScalarAsync<long>("select count(*) from marks"), marks => marks == 0);
        return new Dictionary<string, string>
        {
            ["token"] = token.ToString(),
            ["app"] = (await Tenant.AppAsync("4000001")).ToString(),
            ["userOnly"] = (await Tenant.AppAsync("4000002")).ToString(),
            ["people"] = people.ToString(),
            ["devices"] = devices.ToString(),
            ["user"] = user.ToString(),
            ["device"] = device.ToString(),
            ["nobody"] = Guid.NewGuid().ToString(),
            ["file"] = Tenant.Location.IssueToken().VpptokenFile,
        };
    }
}
