using Serilog.Core;
using Serilog.Events;

namespace VppManager.Api.Hosting;

/// <summary>The last guard before a log line leaves: what is named like a secret is masked, at any depth.</summary>
internal sealed class SecretMask : ILogEventEnricher
{
    public const string Mask = "***";

    private static readonly string[] Endings = ["token", "secret", "authorization", "inviteCode", "password", "connectionString"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        List<LogEventProperty>? masked = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            var safe = Safe(name, value);
            if (!ReferenceEquals(safe, value)) (masked ??= []).Add(new LogEventProperty(name, safe));
        }

        masked?.ForEach(logEvent.AddOrUpdateProperty);
    }

    private static bool IsSecret(string name) => Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static LogEventPropertyValue Safe(string name, LogEventPropertyValue value) =>
        IsSecret(name) ? new ScalarValue(Mask) : Inside(value);

    private static LogEventPropertyValue Inside(LogEventPropertyValue value) => value switch
    {
        StructureValue structure => new StructureValue(structure.Properties.Select(p => new LogEventProperty(p.Name, Safe(p.Name, p.Value))), structure.TypeTag),
        SequenceValue sequence => new SequenceValue(sequence.Elements.Select(Inside)),
        DictionaryValue dictionary => new DictionaryValue(dictionary.Elements.Select(e => KeyValuePair.Create(e.Key, Safe(e.Key.Value?.ToString() ?? "", e.Value)))),
        _ => value,
    };
}
