namespace VppManager.Api.Access;

internal static class CallerOfRequest
{
    private static readonly object Key = new();

    /// <summary>The caller of an authenticated request. Asking on an anonymous one is a fault of ours.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.CallerOrNull() ?? throw new InvalidOperationException("No caller: the endpoint allows anonymous requests.");

    public static Caller? CallerOrNull(this HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var known) && known is Caller caller) return caller;
        if (context.User.Identity?.IsAuthenticated != true) return null;

        var read = Access.Caller.From(context.User);
        if (read is not null) context.Items[Key] = read;
        return read;
    }
}
