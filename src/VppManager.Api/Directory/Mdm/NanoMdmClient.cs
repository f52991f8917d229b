using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace VppManager.Api.Directory.Mdm;

/// <summary>NanoMDM's own interface: commands into a device's queue, and a push that has the device fetch them.</summary>
internal sealed class NanoMdmClient(IHttpClientFactory clients, IOptions<NanoMdmOptions> options)
{
    public const string HttpClientName = "NanoMDM";

    public async Task EnqueueAsync(string enrollmentId, string command, CancellationToken ct)
    {
        using var body = new StringContent(command, Encoding.UTF8, "application/xml");
        await SendAsync(HttpMethod.Put, $"v1/enqueue/{Uri.EscapeDataString(enrollmentId)}?nopush=1", body, ct);
    }

    public Task PushAsync(string enrollmentId, CancellationToken ct) => SendAsync(HttpMethod.Get, $"v1/push/{Uri.EscapeDataString(enrollmentId)}", null, ct);

    private async Task SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken ct)
    {
        using var client = clients.CreateClient(HttpClientName);
        using var request = new HttpRequestMessage(method, new Uri(new Uri(options.Value.BaseAddress!.TrimEnd('/') + "/"), path)) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"nanomdm:{options.Value.ApiKey}")));
        using var answer = await client.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }
}
