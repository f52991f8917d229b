using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

/// <summary>A service that asks Apple once and takes the answer, so that a test of a failure need not wait for the tries after it.</summary>
public sealed class QuickServiceFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Apple:Retries"] = "0" };
}
