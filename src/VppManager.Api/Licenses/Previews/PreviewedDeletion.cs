using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Core;

namespace VppManager.Api.Licenses.Previews;

/// <param name="LicensesLeftBehind">Licences that would stay with their holders, and that could not be taken back any more.</param>
/// <param name="LicensesRevoked">By the later rules: licences that would be taken back first.</param>
/// <param name="SeatsFreed">How many of them come free.</param>
/// <param name="Requests">How many requests Apple would get for that.</param>
internal sealed record DeletePreview(
    int Apps, int Assignments, int LicensesLeftBehind, string? Warning, int LicensesRevoked, int SeatsFreed, PreviewRequests Requests);

/// <summary>What the deletion of a token would do (T12): the deletion itself, by the rules of the tenant, undone.</summary>
internal sealed class PreviewedDeletion(DeleteToken delete, RevokeLicenses revoke, Preview preview)
{
    public async Task<Outcome<DeletePreview>> RunAsync(Caller caller, Guid id, CancellationToken ct)
    {
        var (apps, assignments, deleted) = (0, 0, new DeletedToken(0));
        var course = await preview.RunAsync(caller.TenantId, async (_, now, token) =>
        {
            (apps, assignments) = await delete.ContentsAsync(id, token);
            var pools = await revoke.PoolsAsync(new RevokeScope(Token: id), token);
            if (await delete.RevokeFirstAsync(id, caller.Actor, now, token) is { } revoked)
            {
                deleted = revoked;
                return new PreviewedChange(null, pools);
            }

            var (gone, _) = await delete.ChangeAsync(id, token);
            if (gone.IsOk) deleted = gone.Value;
            return PreviewedChange.Of(gone.IsOk ? null : gone.Error);
        }, ct);
        return course.IsOk
            ? new DeletePreview(apps, assignments, deleted.LicensesLeftBehind, deleted.Warning, deleted.LicensesRevoked, course.Value.SeatsFreed, course.Value.Requests)
            : course.Error;
    }
}
