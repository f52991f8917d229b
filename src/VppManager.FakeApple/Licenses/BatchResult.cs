using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

internal sealed record BatchFailure(int Number, IReadOnlyList<Target> Targets);

/// <summary>What became of up to 100 targets of one asset.</summary>
internal sealed record BatchResult(AssetKey Key, IReadOnlyList<Target> Done, IReadOnlyList<BatchFailure> Failed)
{
    public static BatchResult AllFailed(AssetWork batch, int number) => new(batch.Key, [], [new BatchFailure(number, batch.Targets)]);

    /// <summary>One notification for what was done and one for each reason of failure.</summary>
    public IEnumerable<Notification> ToNotifications(string eventId, string type)
    {
        if (Done.Count > 0)
            yield return Notification.Of(Notification.AssetManagement, new AssetManagementBody(eventId, type, "SUCCESS", null, Rows(Done)));

        foreach (var (number, targets) in Failed)
        {
            var error = new AppleError(number).ToBody();
            yield return Notification.Of(Notification.AssetManagement, new AssetManagementBody(eventId, type, "FAILURE", error, Rows(targets)));
        }
    }

    private List<AssignmentBody> Rows(IReadOnlyList<Target> targets) => [.. targets.Select(target => AssignmentBody.Of(Key, target))];
}

internal sealed record AssetManagementBody(
    string EventId, string Type, string Result, ErrorBody? Error, IReadOnlyList<AssignmentBody> Assignments);

internal sealed record AssignmentBody(string AdamId, string PricingParam, string? ClientUserId, string? SerialNumber)
{
    public string? IdHash { get; init; }
    public string? UserStatus { get; init; }

    public static AssignmentBody Of(AssetKey key, Target target) => target.IsDevice
        ? new(key.AdamId, key.PricingParam, null, target.Id)
        : new(key.AdamId, key.PricingParam, target.Id, null);
}
