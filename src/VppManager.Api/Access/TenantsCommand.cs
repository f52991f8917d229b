using System.Globalization;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary><c>tenants</c>: what the operator does with whole tenants, as the owner of the database.</summary>
internal static class TenantsCommand
{
    private const string Usage = """
        Usage: tenants list
               tenants create --name <name> [--id <guid>] [--behavior intune2020|intune2026]
               tenants suspend|resume --id <guid>
               tenants delete --id <guid> --confirm <the same guid>
        """;

    private const int NotDone = 1;

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var line = CommandLine.Parse(args.AsSpan(Math.Min(1, args.Length)), names: ["id", "name", "behavior", "confirm"], switches: []);
        var fault = line.Fault ?? Fault(args, line);
        if (fault is not null) throw new StartRefusedException($"{fault}\n{Usage}");

        var connections = DatabaseConnections.From(CommandConfiguration.Read());
        await using var server = connections.PrivateFolder is { } folder ? await PrivatePostgres.LaunchAsync(folder, ct) : null;
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connections.Owner) { Pooling = false });
        var tenants = new TenantOperations(owner, TimeProvider.System);
        return await RunAsync(args[0], line, tenants, output, ct);
    }

    private static string? Fault(string[] args, CommandLine line) => args switch
    {
        ["list"] => null,
        ["create", ..] when string.IsNullOrWhiteSpace(line["name"]) => "--name is needed.",
        ["create", ..] when line["id"] is not null && !IsId(line["id"]) => "--id needs a GUID.",
        ["create", ..] when line["behavior"] is not (null or Behaviors.Intune2020 or Behaviors.Intune2026) => "--behavior is intune2020 or intune2026.",
        ["create", ..] => null,
        ["suspend" or "resume" or "delete", ..] when !IsId(line["id"]) => "--id needs a GUID.",
        ["delete", ..] when line["confirm"] != line["id"] => "Everything of the tenant would be gone for good: say its id once more with --confirm.",
        ["suspend" or "resume" or "delete", ..] => null,
        _ => "There are list, create, suspend, resume and delete.",
    };

    private static bool IsId(string? text) => Guid.TryParse(text, out var id) && id != Guid.Empty;

    private static async Task<int> RunAsync(string verb, CommandLine line, TenantOperations tenants, TextWriter output, CancellationToken ct)
    {
        var id = Guid.TryParse(line["id"], out var given) ? given : Guid.CreateVersion7();
        switch (verb)
        {
            case "list":
                foreach (var one in await tenants.ListAsync(ct)) await output.WriteLineAsync(Line(one));
                return 0;
            case "create":
                return await SayAsync(output, await tenants.CreateAsync(id, line["name"]!, line["behavior"] ?? Behaviors.Intune2020, ct), $"{id}", $"The tenant {id} exists already.");
            case "delete":
                var rows = await tenants.DeleteAsync(id, ct);
                return await SayAsync(output, rows is not null, $"The tenant {id} and its {rows} rows are gone.", $"The tenant {id} is not there, or not suspended: suspend it first.");
            default:
                var suspend = verb == "suspend";
                return await SayAsync(output, await tenants.SuspendAsync(id, suspend, ct), $"The tenant {id} is {(suspend ? "suspended" : "resumed")}.", $"The tenant {id} is not there.");
        }
    }

    private static async Task<int> SayAsync(TextWriter output, bool done, string yes, string no)
    {
        await output.WriteLineAsync(done ? yes : no);
        return done ? 0 : NotDone;
    }

    private static string Line(Tenant tenant) => string.Join('\t',
        tenant.Id, tenant.SuspendedAt is null ? "active" : "suspended", tenant.CreatedAt.ToString("u", CultureInfo.InvariantCulture), tenant.Behavior, tenant.Name);
}
