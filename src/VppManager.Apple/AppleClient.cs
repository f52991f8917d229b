using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

/// <summary>
/// Apple's App and Book Management API, version 2, and the metadata look-ups. Every call throws <see cref="AppleException"/> when
/// Apple refuses, does not answer, or answers unreadably. Reads are tried again where that is harmless; writes only when Apple said that
/// it did nothing, so after <see cref="AppleErrorMeaning.OutOfReach"/> a write may have happened. Made once, used by any number of callers.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-started-with-the-management-api"/>.
/// </summary>
public sealed partial class AppleClient
{
    internal const string BasePath = "mdm/v2/";

    private readonly AppleTransport transport;
    private readonly ServiceConfigCache service;
    private readonly AppleOptions options;
    private readonly DeveloperKey? developer;

    internal AppleClient(AppleTransport transport, ServiceConfigCache service, IOptions<AppleOptions> options, DeveloperKey? developer)
    {
        this.developer = developer;
        this.transport = transport;
        this.service = service;
        this.options = options.Value;
    }

    private async Task<T> GetAsync<T>(Query query, ContentToken token, JsonTypeInfo<T> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);

        var call = new AppleCall(query.Path, HttpMethod.Get, AddressOf(query))
        {
            Token = token,
            PermitsPerSecond = await PermitsAsync(ct),
        };
        return await SendAsync(call, token, answer, ct);
    }

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path, ContentToken token, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<TAnswer> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(body);

        var call = new AppleCall(path, HttpMethod.Post, AddressOf(new Query(path)))
        {
            Token = token,
            PermitsPerSecond = await PermitsAsync(ct),
            Body = JsonSerializer.SerializeToUtf8Bytes(body, type),
            OtherSecret = (body as ClientConfigUpdate)?.NotificationAuthToken,
        };
        try
        {
            return await SendAsync(call, token, answer, ct);
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.SplitAndTryAgain)
        {
            service.Expire();
            throw;
        }
    }

    private async Task<T> SendAsync<T>(AppleCall call, ContentToken token, JsonTypeInfo<T> type, CancellationToken ct)
    {
        token.ThrowIfStopped();
        var answer = await transport.SendAsync(call, body => Parse(body, type), ct);
        await token.SeeAsync(answer!, ct);
        return answer;
    }

    private async Task<EventAccepted> PostForEventAsync<TBody>(
        string path, ContentToken token, TBody body, JsonTypeInfo<TBody> type, CancellationToken ct) =>
        await PostAsync(path, token, body, type, AppleJson.Default.EventAccepted, ct);

    private Uri AddressOf(Query query) => query.Under(options.BaseAddress, BasePath);

    /// <summary>A tenth under Apple's limit, so that no sliding second ever sees more than it.</summary>
    private async ValueTask<int> PermitsAsync(CancellationToken ct) =>
        Math.Max(1, (int)((await service.GetAsync(ct)).Limits.MaxRequestPerSecond * 9L / 10));

    internal static T Parse<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        var answer = JsonSerializer.Deserialize(body.Span, type);

        // An empty object must not pass for an empty location, nor for a request that Apple works on.
        return answer switch
        {
            AnswerPage { VersionId: null, TotalPages: 0 } => throw new JsonException("The page lacks its members."),
            EventAccepted { EventId: "" } => throw new JsonException("The event lacks its id."),
            EventStatus { State: "" } => throw new JsonException("The event lacks its status."),
            null => throw new JsonException("The answer is null."),
            _ => answer,
        };
    }
}
