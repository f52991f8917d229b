using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Core;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace VppManager.Api.Directory.CheckIns;

/// <summary>Where an MDM server reports on a device and takes what it is to do (D1).</summary>
internal static class CheckInEndpoints
{
    private const long MostBytes = 1024 * 1024;

    public static void MapCheckIns(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/mdm/devices/{id:guid}/checkin", CheckInAsync).WithTags("Devices")
            .RequirePermission(Guard.Of("DeviceManagementManagedDevices.ReadWrite.All").WithoutRole("For MDM servers, which report on devices."))
            .NotAudited("What devices report of themselves is no change by a person.")
            .Accepts<CheckInRequest>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithSummary("A device says what it has, and is told what to install, update or remove, and whether its user is to be invited");

    private static async Task<Results<Ok<CheckInAnswer>, ProblemHttpResult>> CheckInAsync(
        Guid id, Caller caller, HttpRequest http, CheckIn checkIn, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var request = await ReadAsync(http, json.Value.SerializerOptions, ct);
        if (!request.IsOk) return Problems.Of(request.Error);

        var outcome = await checkIn.ExecuteAsync(caller.TenantId, caller.Actor, id, request.Value, ct);
        return outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
    }

    /// <summary>Read here, so that a refusal names the place in the body.</summary>
    private static async Task<Outcome<CheckInRequest>> ReadAsync(HttpRequest http, JsonSerializerOptions options, CancellationToken ct)
    {
        if (http.ContentLength > MostBytes) return VppError.InvalidValue("apps", $"the body is longer than {MostBytes} bytes.");
        try
        {
            return await JsonSerializer.DeserializeAsync<CheckInRequest>(http.Body, options, ct) is { } request ? request : ValueRules.Missing("body");
        }
        catch (JsonException unreadable)
        {
            return VppError.InvalidValue(unreadable.Path?.TrimStart('$', '.') is { Length: > 0 } at ? at : "body", "it cannot be read.");
        }
    }
}
