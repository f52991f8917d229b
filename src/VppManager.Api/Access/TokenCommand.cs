using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary><c>token</c>: prints one development token, nothing else.</summary>
internal static class TokenCommand
{
    private const string Usage =
        "Usage: token --tenant <guid> [--user <upn>] [--permissions \"<space-separated>\"] [--groups \"<guids>\"] [--app] [--administrator]";

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        var line = CommandLine.Parse(args, names: ["tenant", "user", "permissions", "groups"], switches: ["app", "administrator"]);
        var fault = line.Fault ?? Fault(line);
        if (fault is not null)
        {
            errors.WriteLine($"{fault}\n{Usage}");
            return StartRefusedException.ExitCode;
        }

        var key = DevelopmentKey.ReadOrCreate(DatabaseOptions.DataDirectoryOf(CommandConfiguration.Read()));
        output.WriteLine(DevelopmentTokens.Create(Request(line), key, TimeProvider.System.GetUtcNow()));
        return 0;
    }

    private static string? Fault(CommandLine line)
    {
        if (!Guid.TryParse(line["tenant"], out var tenant) || tenant == Guid.Empty) return "--tenant needs a GUID.";

        return line.Words("groups").All(group => Guid.TryParse(group, out _)) ? null : "--groups needs GUIDs.";
    }

    private static DevelopmentTokenRequest Request(CommandLine line) => new(
        Guid.Parse(line["tenant"]!),
        line["user"] ?? DevelopmentTokens.DefaultUser,
        line["permissions"] is null ? DevelopmentTokens.AllPermissions : line.Words("permissions"),
        line.Has("app"),
        [.. line.Words("groups").Select(Guid.Parse)],
        line.Has("administrator"));
}
