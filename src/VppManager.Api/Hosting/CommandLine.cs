namespace VppManager.Api.Hosting;

/// <summary>The arguments of a subcommand: <c>--name value</c>, <c>--name=value</c> and bare <c>--switch</c>.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private CommandLine()
    {
    }

    /// <summary>What is wrong with the arguments, or null.</summary>
    public string? Fault { get; private set; }

    public string? this[string name] => values.GetValueOrDefault(name);

    public bool Has(string name) => values.ContainsKey(name);

    public string[] Words(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static CommandLine Parse(ReadOnlySpan<string> args, string[] names, string[] switches)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length && line.Fault is null; i++)
        {
            var (name, value) = Split(args[i]);
            if (switches.Contains(name) && value is null) line.values[name] = "";
            else if (!names.Contains(name)) line.Fault = $"'{args[i]}' is not known here.";
            else if (value is not null) line.values[name] = value;
            else if (++i < args.Length) line.values[name] = args[i];
            else line.Fault = $"--{name} needs a value.";
        }

        return line;
    }

    private static (string Name, string? Value) Split(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal)) return ("", null);

        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (arg[2..], null) : (arg[2..equals], arg[(equals + 1)..]);
    }
}
