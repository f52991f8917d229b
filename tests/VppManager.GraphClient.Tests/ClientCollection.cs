using VppManager.Api.Tests.Infrastructure;

namespace VppManager.GraphClient.Tests;

/// <summary>One running service for all tests of the client; each has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ClientCollection : ICollectionFixture<ServiceFixture>
{
    public const string Name = "Client";
}
