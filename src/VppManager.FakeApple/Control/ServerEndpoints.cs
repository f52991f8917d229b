using VppManager.FakeApple.Licenses;

namespace VppManager.FakeApple.Control;

internal sealed record ClockView(DateTimeOffset Now, TimeSpan Offset);

internal sealed record ClockMove(double? AdvanceSeconds, DateTimeOffset? Set);

/// <summary>Settings to change; what is left out stays.</summary>
internal sealed record SettingsPatch(
    int? PageSize,
    int? EmptyTotalPages,
    int? EventDelayMilliseconds,
    int? BatchDelayMilliseconds,
    ExhaustionPolicy? Exhaustion,
    bool? UnknownUsersFailLater,
    bool? EnforceRate,
    int? MaxRequestPerSecond,
    int? InvalidTokenStatus,
    bool? AlwaysSendTokenExpiration,
    bool? AnyManagedAccount,
    bool? RestlessVersions,
    bool? ArtworkAsArray,
    bool? NumericIds,
    bool? NotifyBeforeResponse,
    IReadOnlyList<double>? NotificationRetrySeconds,
    int? NotificationTimeoutMilliseconds,
    bool? AllowLoopbackHttp,
    double? EventRetentionSeconds,
    int? CatalogRequestsLeft,
    bool? CatalogUnlimited,
    bool? LegacyNumbersAsText,
    int? MaxAssets,
    int? MaxClientUserIds,
    int? MaxSerialNumbers,
    int? MaxRevokeClientUserIds,
    int? MaxRevokeSerialNumbers,
    int? MaxUsers,
    int? MaxNotificationLength,
    int? MaxMdmIdLength,
    int? MaxMdmNameLength,
    int? MaxMdmMetadataLength)
{
    public void Apply(FakeSettings settings)
    {
        settings.PageSize = PageSize ?? settings.PageSize;
        settings.EmptyTotalPages = EmptyTotalPages ?? settings.EmptyTotalPages;
        settings.EventDelay = EventDelayMilliseconds is { } delay ? TimeSpan.FromMilliseconds(delay) : settings.EventDelay;
        settings.BatchDelay = BatchDelayMilliseconds is { } pause ? TimeSpan.FromMilliseconds(pause) : settings.BatchDelay;
        settings.Exhaustion = Exhaustion ?? settings.Exhaustion;
        settings.UnknownUsersFailLater = UnknownUsersFailLater ?? settings.UnknownUsersFailLater;
        settings.EnforceRate = EnforceRate ?? settings.EnforceRate;
        settings.InvalidTokenStatus = InvalidTokenStatus ?? settings.InvalidTokenStatus;
        settings.AlwaysSendTokenExpiration = AlwaysSendTokenExpiration ?? settings.AlwaysSendTokenExpiration;
        settings.AnyManagedAccount = AnyManagedAccount ?? settings.AnyManagedAccount;
        settings.RestlessVersions = RestlessVersions ?? settings.RestlessVersions;
        settings.ArtworkAsArray = ArtworkAsArray ?? settings.ArtworkAsArray;
        settings.NumericIds = NumericIds ?? settings.NumericIds;
        settings.EventRetention = EventRetentionSeconds is { } kept ? TimeSpan.FromSeconds(kept) : settings.EventRetention;
        settings.CatalogRequestsLeft = CatalogUnlimited == true ? null : CatalogRequestsLeft ?? settings.CatalogRequestsLeft;
        settings.LegacyNumbersAsText = LegacyNumbersAsText ?? settings.LegacyNumbersAsText;
        ApplyWebhooks(settings.Webhooks);
        ApplyLimits(settings.Limits);
    }

    private void ApplyWebhooks(Transport.WebhookSettings webhooks)
    {
        webhooks.BeforeResponse = NotifyBeforeResponse ?? webhooks.BeforeResponse;
        webhooks.RetryDelays = NotificationRetrySeconds is { } waits ? [.. waits.Select(TimeSpan.FromSeconds)] : webhooks.RetryDelays;
        webhooks.Timeout = NotificationTimeoutMilliseconds is { } timeout ? TimeSpan.FromMilliseconds(timeout) : webhooks.Timeout;
        webhooks.AllowLoopbackHttp = AllowLoopbackHttp ?? webhooks.AllowLoopbackHttp;
    }

    private void ApplyLimits(Transport.ServiceLimits limits)
    {
        limits.MaxRequestPerSecond = MaxRequestPerSecond ?? limits.MaxRequestPerSecond;
        limits.MaxAssets = MaxAssets ?? limits.MaxAssets;
        limits.MaxClientUserIds = MaxClientUserIds ?? limits.MaxClientUserIds;
        limits.MaxSerialNumbers = MaxSerialNumbers ?? limits.MaxSerialNumbers;
        limits.MaxRevokeClientUserIds = MaxRevokeClientUserIds ?? limits.MaxRevokeClientUserIds;
        limits.MaxRevokeSerialNumbers = MaxRevokeSerialNumbers ?? limits.MaxRevokeSerialNumbers;
        limits.MaxUsers = MaxUsers ?? limits.MaxUsers;
        limits.MaxNotificationLength = MaxNotificationLength ?? limits.MaxNotificationLength;
        limits.MaxMdmIdLength = MaxMdmIdLength ?? limits.MaxMdmIdLength;
        limits.MaxMdmNameLength = MaxMdmNameLength ?? limits.MaxMdmNameLength;
        limits.MaxMdmMetadataLength = MaxMdmMetadataLength ?? limits.MaxMdmMetadataLength;
    }
}

/// <summary>Settings, clock, journal and starting anew.</summary>
internal static class ServerEndpoints
{
    public static void MapServer(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("").WithTags("Server");
        group.MapPost("/reset", () =>
        {
            server.Reset();

            return Results.NoContent();
        });
        group.MapGet("/settings", () => server.Settings);
        group.MapPatch("/settings", (SettingsPatch patch) =>
        {
            patch.Apply(server.Settings);

            return server.Settings;
        });
        group.MapGet("/clock", () => View(server.Clock));
        group.MapPost("/clock", (ClockMove move) =>
        {
            if (move.Set is { } now) server.Clock.Set(now);
            if (move.AdvanceSeconds is { } seconds) server.Clock.Advance(TimeSpan.FromSeconds(seconds));

            return View(server.Clock);
        });
        group.MapGet("/journal", (string? path, string? location, int? last) => server.Journal.Entries
            .Where(entry => path is null || entry.Path.EndsWith(path, StringComparison.Ordinal))
            .Where(entry => location is null || entry.LocationUid == location)
            .TakeLast(last ?? 100));
        group.MapDelete("/journal", () =>
        {
            server.Journal.Clear();

            return Results.NoContent();
        });
    }

    private static ClockView View(FakeClock clock) => new(clock.GetUtcNow(), clock.Offset);
}
