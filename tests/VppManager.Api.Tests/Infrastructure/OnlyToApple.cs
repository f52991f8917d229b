using System.Collections.Concurrent;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Lets a service reach the fake Apple service and what its settings name, and nothing else; a call that nobody planned fails the test.</summary>
internal sealed class OnlyToApple(IReadOnlySet<string> authorities, ConcurrentQueue<Uri> unplanned) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || authorities.Contains(address.Authority)) return base.SendAsync(request, cancellationToken);

        unplanned.Enqueue(address);
        throw new HttpRequestException($"No test planned a call to {address.Authority}.");
    }
}
