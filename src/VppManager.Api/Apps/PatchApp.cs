using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Apps;

/// <summary>Changes what an administrator may change of an app. A refresh of its metadata leaves that alone from then on.</summary>
internal sealed class PatchApp(VppContext context, TimeProvider time)
{
    private const string Declarative = "declarativeDeviceManagement";

    public async Task<Outcome<App>> ExecuteAsync(Caller caller, Guid id, AppKind kind, AppValues values, CancellationToken ct)
    {
        if (values.Fault() is { } fault) return fault;
        if (values.RoleScopeTagIds is { IsSet: true } tags && ScopeTagRules.Fault([.. tags.Value ?? []]) is { } refused) return refused;

        context.Tenant = caller.TenantId;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await ScopeTagRules.UnknownAsync(context, values.RoleScopeTagIds.Value ?? [], ct) is { } unknown) return unknown;
        var app = await context.Apps.FromSql($"select * from apps where tenant_id = {caller.TenantId} and id = {id} for no key update")
            .SingleOrDefaultAsync(ct);
        if (app is null) return VppError.NotFound(kind is AppKind.Book ? "book" : "app", id.ToString());
        if (app.Kind != kind) return VppError.InvalidValue("@odata.type", "the app is of another type.");
        if (app.DeliveryProtocol == Declarative && values.DeliveryProtocol.Or(Declarative) != Declarative) return CannotGoBack;

        values.ApplyTo(app);
        app.ModifiedAt = time.GetUtcNow();
        await context.SaveChangesAsync(ct);
        if (values.Icon.IsSet) await ReplaceIconAsync(id, values.Icon.Value, ct);
        await transaction.CommitAsync(ct);
        return app;
    }

    private static VppError CannotGoBack =>
        VppError.InvalidValue("appleDeviceAppDeliveryProtocolType", $"an app that is delivered by {Declarative} stays so.");

    private async Task ReplaceIconAsync(Guid app, IconValue? icon, CancellationToken ct)
    {
        await context.AppIcons.Where(one => one.AppId == app).ExecuteDeleteAsync(ct);
        if (icon is null) return;

        context.AppIcons.Add(new AppIcon { AppId = app, Type = icon.Type, Value = icon.Value });
        await context.SaveChangesAsync(ct);
    }
}
