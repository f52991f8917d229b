using Microsoft.Extensions.Options;
using VppManager.Api.Access;
using VppManager.Api.Directory.CheckIns;
using VppManager.Core;
using VppManager.Core.Apps;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Turns what devices say to NanoMDM into enrolments, check-ins and commands.</summary>
internal sealed class NanoMdmEvents(
    EnrolDevice enrol, RetireDevice retire, CheckIn checkIn, MdmCommands commands, DeviceNews news, IOptions<NanoMdmOptions> options)
{
    private const string Actor = "NanoMDM";

    public Task TakeAsync(Guid tenant, NanoMdmMessage message, CancellationToken ct) => message switch
    {
        { IsOfUserChannel: true } => Task.CompletedTask,
        { Topic: "mdm.Authenticate" } => EnrolAsync(tenant, message, ct),
        { Topic: "mdm.TokenUpdate" } => OnDeviceAsync(tenant, message, device => news.TellAsync(tenant, device, TimeSpan.Zero, ct), ct),
        { Topic: "mdm.CheckOut" } => OnDeviceAsync(tenant, message, device => retire.ExecuteAsync(CallerOf(tenant), device, ct), ct),
        { Topic: "mdm.Connect", Command: { } command, Status: "Acknowledged" } => AnsweredAsync(tenant, message, command, ct),
        { Topic: "mdm.Connect", Command: { } command, Status: "Error" or "CommandFormatError" } => RefusedAsync(tenant, message, command, ct),

        // Idle: NanoMDM gives out what waits by itself. NotNow: it comes again by itself.
        _ => Task.CompletedTask,
    };

    private static Caller CallerOf(Guid tenant) => new(tenant, Guid.Empty, Actor, null, new HashSet<string>(), new HashSet<Guid>(), true);

    private async Task EnrolAsync(Guid tenant, NanoMdmMessage message, CancellationToken ct)
    {
        var enrolled = await enrol.ExecuteAsync(CallerOf(tenant), message.Device(), ct);
        if (!enrolled.IsOk) throw new FormatException(enrolled.Error.Message);
        await commands.EnrolledAsync(tenant, enrolled.Value.Device.Id, message.EnrollmentId, ct);
    }

    private async Task OnDeviceAsync(Guid tenant, NanoMdmMessage message, Func<Guid, Task> act, CancellationToken ct)
    {
        if (await commands.DeviceAsync(tenant, message.EnrollmentId, ct) is { } device) await act(device);
    }

    private async Task AnsweredAsync(Guid tenant, NanoMdmMessage message, Guid command, CancellationToken ct)
    {
        if (await commands.EndAsync(tenant, command, message.EnrollmentId, isDone: true, ct) is not { } answered) return;

        // Whether it came to anything shows in the list of apps; no list has the books, which are taken by the word.
        if (answered is { IsOfBook: true, AdamId: { } book, Kind: MdmCommandKind.Install }) await ReportAsync(tenant, answered.DeviceId, new ReportedApp(AdamId: book), ct);
        if (answered.Kind is MdmCommandKind.InstalledApps) await CheckInAsync(tenant, answered.DeviceId, message, ct);
        else await news.TellAsync(tenant, answered.DeviceId, options.Value.FollowUpAfter, ct);
    }

    private async Task CheckInAsync(Guid tenant, Guid device, NanoMdmMessage message, CancellationToken ct)
    {
        var (apps, installing) = message.Apps();
        var told = await checkIn.ExecuteAsync(tenant, Actor, device, new CheckInRequest(Apps: [.. apps.Take(CheckInRequest.MostApps)]), ct);
        if (!told.IsOk || told.Value.Actions.Count == 0) return;

        await commands.AddAsync(tenant, device, [.. told.Value.Actions.Where(action => action.BundleId is null || !installing.Contains(action.BundleId))],
            options.Value.SendAgainAfter, options.Value.AskEvery, ct);
        if (await commands.HasWaitingAsync(tenant, device, ct)) await news.TellAsync(tenant, device, TimeSpan.Zero, ct);
        else await news.TellAsync(tenant, device, Follows(told.Value.Actions), ct);
    }

    /// <summary>People take their time with invitations.</summary>
    private TimeSpan Follows(IReadOnlyList<DeviceAction> actions) =>
        actions.All(action => action.Kind is DeviceActionKind.Invite) ? options.Value.SendAgainAfter : options.Value.FollowUpAfter;

    private Task<Outcome<CheckInAnswer>> ReportAsync(Guid tenant, Guid device, ReportedApp said, CancellationToken ct) =>
        checkIn.ExecuteAsync(tenant, Actor, device, new CheckInRequest(Apps: [said], AreAppsPartial: true), ct);

    /// <summary>It is written down with the app, and tried again when the device is next asked.</summary>
    private async Task RefusedAsync(Guid tenant, NanoMdmMessage message, Guid command, CancellationToken ct)
    {
        if (await commands.EndAsync(tenant, command, message.EnrollmentId, isDone: false, ct) is not { } answered) return;

        if (answered is { AdamId: { } app, Kind: MdmCommandKind.Install or MdmCommandKind.Update })
        {
            var (status, code, text) = message.Error();
            await ReportAsync(tenant, answered.DeviceId, new ReportedApp(AdamId: app, Version: answered.Version, Status: status, ErrorCode: code, ErrorText: text), ct);
        }

        await news.TellAsync(tenant, answered.DeviceId, options.Value.SendAgainAfter, ct);
    }
}
