using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>One number decides what is done, the others with whom: any row of them is a story, and so is any part of one.</summary>
internal readonly record struct Drawn(int What, int A, int B, int C);

/// <summary>The same story told to the service and to the naive world; after each step both must be of one mind.</summary>
internal sealed partial class ModelRun(ServiceFixture service)
{
    private const string Graph = "/beta/deviceAppManagement";

    private readonly Organization organization = service.Organization();
    private readonly NaiveWorld world = new();
    private readonly HashSet<NaiveUser> accepted = [];
    private readonly List<string> story = [];
    private HttpClient portal = null!;
    private Guid token;

    public async Task TellAsync(IReadOnlyList<Drawn> steps)
    {
        await SetUpAsync();
        foreach (var step in steps)
        {
            story.Add(await DoAsync(step));
            world.Settle();
            await CompareAsync();
        }
    }

    private async Task SetUpAsync()
    {
        foreach (var (adamId, total) in (ReadOnlySpan<(string, int)>)[("4400001", 3), ("4400002", 2), ("4400003", 6)]) organization.Location.AddAsset(adamId, total);
        token = await organization.UploadTokenAsync();
        foreach (var name in (string[])["ada", "ben", "cleo", "dan"]) world.Users.Add(new NaiveUser(name, await organization.UserAsync(name)));
        for (var n = 0; n < 7; n++)
        {
            var user = n < 5 ? world.Users[n % 3] : null;
            world.Devices.Add(new NaiveDevice($"MD{n}", await organization.DeviceAsync($"MD{n}", user?.Id), user));
        }

        for (var n = 0; n < 4; n++) world.Groups.Add(new NaiveGroup(await organization.GroupAsync($"Group {n}"), isForUsers: n < 2));
        world.Apps.Add(new NaiveApp(world, "4400001", await organization.AppAsync("4400001"), isForDevices: true, 3));
        world.Apps.Add(new NaiveApp(world, "4400002", await organization.AppAsync("4400002"), isForDevices: false, 2));
        world.Apps.Add(new NaiveApp(world, "4400003", await organization.AppAsync("4400003"), isForDevices: true, 6));
        portal = service.Client(organization.Tenant);
        portal.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token(organization.Tenant, application: true));
    }

    private async Task CompareAsync()
    {
        foreach (var app in world.Apps)
        {
            var rows = await Eventually.IsAsync(() => RowsAsync(app), rows => rows is not null);
            var held = rows!.Where(row => row.State == "held").Select(row => row.Holder).Order(StringComparer.Ordinal);
            var waiting = rows!.Where(row => row.State == "waiting").ToList();
            Agree(app, "holders", app.Held, held);
            Agree(app, "the queue", app.Waiting, waiting.Select(row => row.Holder));
            Agree(app, "reasons", waiting.Select(_ => "noLicensesLeft"), waiting.Select(row => row.Reason));
            Agree(app, "anything else", [], rows!.Where(row => row.State is not ("held" or "waiting")).Select(row => $"{row.Holder} {row.State} {row.Reason}"));
            var atApple = organization.Location.Assignments.Where(one => one.AdamId == app.AdamId).Select(one => one.SerialNumber ?? one.ClientUserId!).Count();
            Agree(app, "how many hold it at Apple", [$"{app.Taken}"], [$"{atApple}"]);
        }
    }

    private void Agree(NaiveApp app, string what, IEnumerable<string> model, IEnumerable<string> found)
    {
        if (model.SequenceEqual(found)) return;
        Assert.Fail($"{app.AdamId} differs in {what}: the model has [{string.Join(", ", model.Select(Name))}], the service [{string.Join(", ", found.Select(Name))}] after\n{string.Join('\n', story)}");
    }

    private string Name(string holder) => world.Users.Find(one => one.Id.ToString() == holder)?.Name ?? holder;

    /// <summary>Null while the service is at work.</summary>
    private async Task<List<Row>?> RowsAsync(NaiveApp app)
    {
        if (!(await organization.LicensingAsync(app.Id)).Settled) return null;

        var found = await service.ColumnAsync<string[]>("""
            select array[case when l.holder_kind = 'user' then coalesce(l.user_id::text, l.holder) else l.holder end, l.state, coalesce(l.reason, '')]
            from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id
            where l.tenant_id = $1 and p.adam_id = $2 and l.state <> 'released' order by l.place
            """, organization.Tenant, app.AdamId);
        return [.. found.Select(row => new Row(row[0], row[1], row[2]))];
    }

    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, object? body = null, HttpStatusCode[]? orElse = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await (by ?? organization.Client).SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode && orElse?.Contains(answer.StatusCode) is not true) Assert.Fail($"{(int)answer.StatusCode} {method} {path}: {text}\n{string.Join('\n', story)}");
        return answer.IsSuccessStatusCode && text.Length > 0 ? JsonNode.Parse(text) : null;
    }

    private sealed record Row(string Holder, string State, string Reason);
}
