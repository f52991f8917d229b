using VppManager.Api.Directory.CheckIns;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;

namespace VppManager.Api.Apps.Installs;

/// <summary>An app on a device and what was decided of it.</summary>
internal sealed record DecidedApp(DeviceAppRow Row, AppFacts Facts, AppDecision Decision, Guid? ActionId, int? DeviceError, string? DeviceErrorText)
{
    public static DecidedApp Of(DeviceAppRow row, AppReport? report, ReportedApp? said)
    {
        var facts = row.Facts with { Report = report };
        var decision = AppOnDevice.Decide(facts);
        var stillFailed = report?.Fault is null && decision.Fault is not null && decision.Fault == facts.FaultBefore;
        return new DecidedApp(
            row, facts, decision, IdOf(row, decision.Action), stillFailed ? row.DeviceError : said?.ErrorCode, stillFailed ? row.DeviceErrorText : said?.ErrorText);
    }

    public DecidedApp Refused(InstallFault fault) =>
        this with { Decision = new AppDecision(DeviceAppState.Failed, Fault: fault), ActionId = null };

    /// <summary>Left where it is.</summary>
    public DecidedApp Kept() => this with { Decision = Decision with { Action = null }, ActionId = null };

    public string? Version => Facts.Version;

    /// <summary>Whether an assignment means it to be on the device, or lets it be there.</summary>
    public bool IsMeantToStay => Facts is { IsApplicable: true, Intent: EffectiveIntent.Required or EffectiveIntent.Available };

    /// <summary>Whether the table has it so already.</summary>
    public bool IsAsWritten => Decision.State == Row.Facts.Before && Decision.Fault?.Code == Row.Reason && Version == Row.Facts.VersionBefore
        && Facts.IsManaged == Row.Facts.WasManaged && KindWritten == Row.Action && ActionId == Row.ActionId
        && (DeviceError, DeviceErrorText) == (Row.DeviceError, Row.DeviceErrorText);

    public DeviceActionKind? KindWritten => ActionId is null ? null : Decision.Action;

    /// <summary>The same as long as the same is to be done. An invitation is a user's, not an app's.</summary>
    private static Guid? IdOf(DeviceAppRow row, DeviceActionKind? action) => action switch
    {
        null or DeviceActionKind.Invite => null,
        _ when row.Action == action => row.ActionId,
        _ => Guid.CreateVersion7(),
    };
}
