using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>
/// One tenant with one location, and what befalls them: a row of random steps, all of them drawn from the seed. Steps follow each other without
/// waiting for what they cause, on either instance.
/// </summary>
internal sealed partial class Schedule(ScheduleFixture service, int seed)
{
    private const string Graph = "/beta/deviceAppManagement";
    private const int Devices = 10;
    private const int Users = 4;

    private readonly Random random = new(seed);
    private readonly List<string> steps = [];
    private readonly World world = new();
    private readonly Organization organization = service.Organization();
    private readonly List<HttpClient> clients = [];
    private Guid token;

    public int Seed => seed;

    public int Steps => steps.Count;

    public World World => world;

    public Organization Organization => organization;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Everything that was done, for whoever has to find out why it went wrong.</summary>
    public string Story => string.Join('\n', steps.Select((step, n) => $"{n + 1,4} {step}"));

    public async Task RunAsync(int length)
    {
        clients.AddRange(service.Hosts.Select((_, n) => service.Client(organization.Tenant, n)));
        await SetUpAsync();
        var since = Stopwatch.StartNew();
        for (var n = 0; n < length; n++)
        {
            var (name, act) = Draw();
            steps.Add(name);
            var what = await act();
            steps[^1] = string.Create(CultureInfo.InvariantCulture, $"{since.Elapsed.TotalSeconds,7:F3} {name}: {what}");
        }

        await CalmDownAsync();
        await Verdict.PassAsync(service, this);
    }

    private async Task SetUpAsync()
    {
        foreach (var adamId in AdamIds) organization.Location.AddAsset(adamId, random.Next(2, 8));
        token = await organization.UploadTokenAsync();
        string[] names = [.. Enumerable.Range(1, Users).Select(n => $"user{n}")];
        string[] serials = [.. Enumerable.Range(1, Devices).Select(n => $"S{seed}-{n:D2}")];
        string?[] owners = [.. serials.Select(_ => random.Next(3) == 0 ? $"{names[random.Next(Users)]}@example.com" : null)];
        await organization.PostAsync("/vpp/directory/import", new
        {
            users = names.Select(name => new { userPrincipalName = $"{name}@example.com", displayName = name, accountEnabled = true }),
            devices = serials.Select((serial, n) => new { serialNumber = serial, operatingSystem = "iPadOS", userPrincipalName = owners[n] }),
            groups = GroupNames.Select(name => new { displayName = name }),
        });

        foreach (var name in names) world.Users.Add(new WorldUser(name, await IdAsync("users", "user_principal_name", $"{name}@example.com")));
        foreach (var (serial, owner) in serials.Zip(owners))
            world.Devices.Add(new WorldDevice(serial, await IdAsync("devices", "serial_number", serial)) { User = world.Users.Find(user => $"{user.Name}@example.com" == owner)?.Id });
        foreach (var name in GroupNames) world.Groups.Add(new WorldGroup(name, await IdAsync("groups", "display_name", name)));
        foreach (var adamId in AdamIds) world.Apps.Add(new WorldApp(adamId, await organization.AppAsync(adamId)));
        await ImportAsync();
        await AssignAsync();
    }

    private static IReadOnlyList<string> AdamIds { get; } = ["3300001", "3300002", "3300003"];

    private static IReadOnlyList<string> GroupNames { get; } = ["North", "South", "Guests", "Staff"];

    private Task<Guid> IdAsync(string table, string column, string value) =>
        service.ScalarAsync<Guid>($"select id from {table} where tenant_id = $1 and {column} = $2", organization.Tenant, value);

    private T Any<T>(IReadOnlyList<T> things) => things[random.Next(things.Count)];

    private T[] Some<T>(IReadOnlyList<T> things, int most)
    {
        var drawn = things.ToArray();
        random.Shuffle(drawn);
        return drawn[..Math.Min(drawn.Length, random.Next(1, most + 1))];
    }

    /// <summary>Asks either instance. What it may refuse is for the step to say; a fault never is.</summary>
    private async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, object? body = null, params HttpStatusCode[] refusals)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Any(clients).SendAsync(request, Ct);
        if (!answer.IsSuccessStatusCode && !refusals.Contains(answer.StatusCode))
            Assert.Fail($"{(int)answer.StatusCode} {method} {path}: {await answer.Content.ReadAsStringAsync(Ct)}");
        return answer.StatusCode;
    }
}
