using System.Text.Json.Nodes;

namespace VppManager.Api.Hosting.Demo;

/// <param name="Type">Graph's name of its type, <c>#microsoft.graph.iosVppApp</c>.</param>
internal sealed record DemoApp(Guid Id, string Name, string Type, int Total, int Used)
{
    public static DemoApp Of(JsonNode app) => new(
        app["id"]!.GetValue<Guid>(),
        app["displayName"]?.GetValue<string>() ?? "",
        app["@odata.type"]!.GetValue<string>(),
        app["totalLicenseCount"]!.GetValue<int>(),
        app["usedLicenseCount"]!.GetValue<int>());
}

/// <summary>How far licensing has come.</summary>
internal sealed record DemoFigures(int Total, int Held, int Assigning, int Waiting, int Releasing, int Failed, bool Settled)
{
    public override string ToString() =>
        $"{Total} licences: {Held} held, {Assigning} being assigned, {Releasing} being taken back; {Waiting} devices wait"
        + (Failed > 0 ? $", {Failed} failed" : "") + (Settled ? "; settled" : "");
}

internal sealed record DemoLicense(Guid Id, string? SerialNumber, Guid? DeviceId, string State, long Place, string? Reason);
