using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses.Previews;

/// <summary>What a change would come to, once all of it has been carried out at Apple (A9).</summary>
/// <param name="SeatsUsed">Licences given; among them those who wait now and would be served.</param>
/// <param name="SeatsFreed">Licences taken back.</param>
/// <param name="Refused">What would fail, or wait for another reason than that no licence is free; and what devices would not get whatever licences there are.</param>
internal sealed record PreviewAnswer(
    int SeatsUsed, int SeatsFreed, PreviewWaiting Waiting, PreviewRequests Requests, IReadOnlyList<PreviewRefusal> Refused, IReadOnlyList<PreviewApp> Apps);

/// <param name="Count">How many would come to wait who do not wait now.</param>
/// <param name="First">Those of them who would be served first.</param>
internal sealed record PreviewWaiting(int Count, IReadOnlyList<PreviewHolder> First);

internal sealed record PreviewHolder(Guid AppId, HolderKind HolderKind, string? SerialNumber, Guid? DeviceId, Guid? UserId, string? Reason);

/// <summary>How many requests Apple would get.</summary>
internal sealed record PreviewRequests(int Total, int Associate, int Disassociate, int Users);

internal sealed record PreviewRefusal(string Reason, int Count);

/// <param name="Held">How many would be held then, of <paramref name="Total"/>.</param>
/// <param name="UsableUntil">Of a Mac app: until when an app whose licence is taken back now can be used (L21); null where it stays as it is.</param>
internal sealed record PreviewApp(
    Guid AppId, string? DisplayName, string Platform, int Total, int Held, int SeatsUsed, int SeatsFreed, int Waiting, DateTimeOffset? UsableUntil);
