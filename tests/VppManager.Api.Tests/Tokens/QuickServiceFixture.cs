using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

/// <summary>A service that asks Apple once and takes the answer, so that a test of a failure need not wait for the tries after it. Its metrics need a token.</summary>
public sealed class QuickServiceFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    internal const string MetricsToken = "metrics-token-for-tests";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Apple:Retries"] = "0", ["Metrics:Token"] = MetricsToken };

    internal override IEnumerable<string> Secrets => base.Secrets.Append(MetricsToken);
}
