namespace VppManager.Api.Access;

internal static class AllowedOfRequest
{
    private static readonly object Key = new();

    /// <summary>What the caller may do this request's action with.</summary>
    public static Allowed Allowed(this HttpContext context) =>
        context.Items.TryGetValue(Key, out var known) && known is Allowed allowed ? allowed : Access.Allowed.Everything;

    public static void Narrow(this HttpContext context, Allowed allowed)
    {
        if (allowed.Tags is not null) context.Items[Key] = allowed;
    }
}
