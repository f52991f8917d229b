using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    /// <summary>
    /// Reads one page of who holds what at a location. To read all pages use <see cref="PageWalk"/>; one traversal without a filter is far
    /// cheaper than one for each asset. See <see href="https://developer.apple.com/documentation/devicemanagement/get-assignments-9wv1e"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which assignments.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="AppleException">
    /// <see cref="AppleErrorMeaning.PageOutOfRange"/>; <see cref="AppleErrorMeaning.FullReadNeeded"/> if Apple cannot tell changes since
    /// the version given; or the token is dead, or Apple does not answer.
    /// </exception>
    public Task<AssignmentsPage> GetAssignmentsAsync(ContentToken token, AssignmentsQuery query, int pageIndex, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);

        var address = new Query("assignments")
            .With("adamId", query.AdamId)
            .With("pricingParam", query.PricingParam)
            .With("clientUserId", query.ClientUserId)
            .With("serialNumber", query.SerialNumber)
            .With("sinceVersionId", query.SinceVersionId)
            .With("includeUserState", query.IncludeUserState)
            .With("excludeInactiveUsers", query.ExcludeInactiveUsers)
            .With("pageIndex", pageIndex);
        return GetAsync(address, token, AppleJson.Default.AssignmentsPage, ct);
    }

    /// <summary>
    /// Gives assets to users and devices. Safe to send again: a holder does not get a second licence.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/associate-assets"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="request">Every asset for every user and device named.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The event to follow; nothing is certain before it has ended.</returns>
    /// <exception cref="AppleException">
    /// Nothing was done: <see cref="AppleErrorMeaning.SplitAndTryAgain"/>, <see cref="AppleErrorMeaning.NotDeviceAssignable"/>,
    /// <see cref="AppleErrorMeaning.UnknownUser"/>, <see cref="AppleErrorMeaning.ReadOnly"/>,
    /// <see cref="AppleErrorMeaning.TooManyRequests"/>, or the token is dead. Not known: <see cref="AppleErrorMeaning.OutOfReach"/>,
    /// <see cref="AppleErrorMeaning.TryAgain"/>, <see cref="AppleErrorMeaning.Unreadable"/>. Too few licences show in the event alone.
    /// </exception>
    public Task<EventAccepted> AssociateAsync(ContentToken token, ManageAssets request, CancellationToken ct) =>
        PostForEventAsync("assets/associate", token, request, AppleJson.Default.ManageAssets, ct);

    /// <summary>
    /// Takes assets from users and devices. Safe to send again. An installed app keeps working for 30 days.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/disassociate-assets"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="request">Every asset from every user and device named.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The event to follow; a licence is free only when it has ended.</returns>
    /// <exception cref="AppleException">
    /// As of <see cref="AssociateAsync"/>; besides, <see cref="AppleErrorMeaning.NotRevocable"/> for books.
    /// </exception>
    public Task<EventAccepted> DisassociateAsync(ContentToken token, ManageAssets request, CancellationToken ct) =>
        PostForEventAsync("assets/disassociate", token, request, AppleJson.Default.ManageAssets, ct);

    /// <summary>
    /// Takes everything that can be taken back from users and devices, whoever gave it. Books stay.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/revoke-assets"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="request">The users and devices; its limits are lower than those of the other calls.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The event to follow.</returns>
    /// <exception cref="AppleException">As of <see cref="AssociateAsync"/>.</exception>
    public Task<EventAccepted> RevokeAsync(ContentToken token, RevokeAssets request, CancellationToken ct) =>
        PostForEventAsync("assets/revoke", token, request, AppleJson.Default.RevokeAssets, ct);

    /// <summary>
    /// Asks how far an event has come. Apple wants thirty seconds between two questions, and the request sent again when it is still
    /// pending after ten minutes. See <see href="https://developer.apple.com/documentation/devicemanagement/events-status"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How far it is, and what went wrong. A failed event may have done most of its work.</returns>
    /// <exception cref="AppleException">
    /// <see cref="AppleErrorMeaning.UnknownEvent"/>; or the token is dead, or Apple does not answer.
    /// </exception>
    public Task<EventStatus> GetStatusAsync(ContentToken token, string eventId, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventId);

        return GetAsync(new Query("status").With("eventId", eventId), token, AppleJson.Default.EventStatus, ct);
    }
}
