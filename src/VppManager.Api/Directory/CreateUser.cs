using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Data.Mappings;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class CreateUser(VppContext context, TimeProvider time)
{
    public async Task<Outcome<DirectoryUser>> ExecuteAsync(Caller caller, UserValues values, CancellationToken ct)
    {
        if (values.UserPrincipalName is not { IsSet: true, Value: { } name }) return ValueRules.Missing("userPrincipalName");
        if (values.Fault() is { } fault) return fault;

        var user = new DirectoryUser { Id = Guid.CreateVersion7(), UserPrincipalName = name, CreatedAt = time.GetUtcNow() };
        values.ApplyTo(user);

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        context.Users.Add(user);
        if (!await context.TrySaveAsync(UserMapping.OneUserPerName, ct)) return VppError.AlreadyExists("user", name);

        await Marks.MembersAsync(context, [user.Id], caller.Because("userCreated"), ct);
        await transaction.CommitAsync(ct);
        return user;
    }
}
