using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Writing;
using AuditEvent = VppManager.Api.Graph.Wire.AuditEvent;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Who changed what (G6).</summary>
internal static class AuditEndpoints
{
    private const string Path = "deviceManagement/auditEvents";

    private static readonly string[] Categories = ["Application"];

    public static void MapAudit(this IEndpointRouteBuilder version, GraphModel model)
    {
        var events = version.MapGroup("/" + Path).WithTags("Audit");
        events.MapSet(
            new GraphSet<AuditEvent>(model, Path, (db, _) => db.AuditEvents, nameof(AuditEvent.DisplayName),
                nameof(AuditEvent.ComponentName)),
            GraphPermissions.ReadAudit);
        events.MapGet("/getAuditCategories", (HttpContext http, Caller _) => ComplexAnswer.SendTextsAsync(http, model, Categories))
            .RequirePermission(GraphPermissions.ReadAudit);
        events.MapGet("/getAuditActivityTypes(category='{category}')", (HttpContext http, GraphReads reads, string category) =>
            ActivitiesAsync(http, reads, model, category)).RequirePermission(GraphPermissions.ReadAudit);
    }

    private static async Task ActivitiesAsync(HttpContext http, GraphReads reads, GraphModel model, string category)
    {
        await using var db = reads.For(http);
        var activities = await db.AuditEvents.Where(one => one.Category == category && one.ActivityType != null)
            .Select(one => one.ActivityType!).Distinct().OrderBy(activity => activity).ToListAsync(http.RequestAborted);
        await ComplexAnswer.SendTextsAsync(http, model, activities);
    }
}
