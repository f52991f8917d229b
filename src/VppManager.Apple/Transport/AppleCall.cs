using System.Net.Http.Headers;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

/// <summary>One call, from which every try makes a request of its own: a fresh body, one header.</summary>
internal sealed class AppleCall(string name, HttpMethod method, Uri address)
{
    public string Name { get; } = name;

    public ContentToken? Token { get; init; }

    /// <summary>The metadata look-up takes the token as a cookie, set by hand since its value would break in a cookie container.</summary>
    public bool TokenInCookie { get; init; }

    /// <summary>The old services take the token in the body.</summary>
    public bool TokenInBody { get; init; }

    /// <summary>The catalogue takes a developer's token besides.</summary>
    public string? DeveloperToken { get; init; }

    public int PermitsPerSecond { get; init; }

    public byte[]? Body { get; init; }

    /// <summary>Another secret of this call besides the token, for no message to repeat.</summary>
    public string? OtherSecret { get; init; }

    /// <summary>Not tried again, whatever happens.</summary>
    public bool Once { get; init; }

    public bool IsRead { get; init; } = method == HttpMethod.Get;

    public AppleException? LastFailure { get; set; }

    /// <summary>What fails together: one location's calls to one of Apple's services.</summary>
    public string LaneKey => $"{(DeveloperToken is not null ? "catalog" : TokenInCookie ? "lookup" : "mdm")} {Token?.PaceKey}";

    public HttpRequestMessage ToRequest(string userAgent)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        if (Token is not null && TokenInCookie)
            request.Headers.TryAddWithoutValidation("Cookie", $"itvt={Token.FileContent}");
        else if (Token is not null && !TokenInBody)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token.FileContent);

        if (DeveloperToken is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DeveloperToken);

        if (Body is not null)
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    public string WithoutSecrets(string text)
    {
        text = Token is null ? text : text.Replace(Token.FileContent, "…", StringComparison.Ordinal);
        text = DeveloperToken is null ? text : text.Replace(DeveloperToken, "…", StringComparison.Ordinal);
        return string.IsNullOrEmpty(OtherSecret) ? text : text.Replace(OtherSecret, "…", StringComparison.Ordinal);
    }
}
