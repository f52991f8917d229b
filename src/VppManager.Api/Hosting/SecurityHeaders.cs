namespace VppManager.Api.Hosting;

/// <summary>What a browser may do with an answer: show it, and nothing else. The page of Swagger runs its own scripts.</summary>
internal static class SecurityHeaders
{
    private const string Data = "default-src 'none'; frame-ancestors 'none'";
    private const string Page = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public static void WriteSecurityHeaders(this HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? Page : Data;
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }
}
