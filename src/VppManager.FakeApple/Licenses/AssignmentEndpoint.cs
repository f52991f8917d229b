using VppManager.FakeApple.Sync;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary><c>GET assignments</c>.</summary>
internal sealed class AssignmentEndpoint(FakeSettings settings)
{
    public Outcome Read(AppleCall call)
    {
        lock (call.Location.Gate)
        {
            var versions = call.Location.Ledger.Versions;
            if (settings.RestlessVersions) versions.Bump();
            long? since = null;
            if (call.Request.Text("sinceVersionId") is { } id)
            {
                if (!versions.TryRead(id, out var version)) return new AppleError(9721);

                since = version;
            }

            var set = AssignmentSet.Of(call, since);
            if (Page.Of(call.Request.Number("pageIndex") ?? 0, set.Count, settings.PageSize, settings.EmptyTotalPages) is not { } page)
                return new AppleError(9650);

            var withState = call.Request.Flag("includeUserState") == true;
            var rows = set.Rows(page.Start, page.Size).Select(row => Body(call.Location, row, withState));

            return new AssignmentsBody(page, versions.Id) { Assignments = [.. rows] };
        }
    }

    private static AssignmentBody Body(FakeLocation location, AssignmentPair pair, bool withState)
    {
        var body = AssignmentBody.Of(pair.Asset.Key, pair.Target);
        if (!withState || pair.Target.IsDevice || location.Users.Latest(pair.Target.Id) is not { } user) return body;

        return body with { UserStatus = user.Status, IdHash = user.IdHash };
    }
}

internal sealed record AssignmentsBody : PagedEnvelope
{
    public AssignmentsBody(Page page, string versionId) : base(page, versionId)
    {
    }

    public required IReadOnlyList<AssignmentBody> Assignments { get; init; }
}
