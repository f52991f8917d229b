using System.Text.Json;
using VppManager.Api.Directory.CheckIns;

namespace VppManager.Api.Directory.Mdm;

/// <summary>What NanoMDM's webhook tells: a device's own message, with the property list that the device sent.</summary>
/// <see href="https://github.com/micromdm/nanomdm/blob/main/docs/operations-guide.md"/>
internal sealed record NanoMdmMessage(string Topic, string EnrollmentId, Guid? Command, string? Status, IReadOnlyDictionary<string, object> Payload)
{
    /// <summary>Messages of a user's channel name the user; the device itself is what matters here.</summary>
    public bool IsOfUserChannel => Payload.ContainsKey("UserID");

    /// <summary>A device of User Enrollment tells neither its number nor its UDID.</summary>
    public bool IsUserEnrolled => Payload.ContainsKey("EnrollmentID") && !Payload.ContainsKey("UDID");

    /// <exception cref="FormatException">It is no such message.</exception>
    public static NanoMdmMessage Read(JsonElement json)
    {
        try
        {
            var part = json.TryGetProperty("acknowledge_event", out var answer) ? answer : json.GetProperty("checkin_event");
            var enrollment = Text(part, "udid") ?? Text(part, "enrollment_id") ?? throw new FormatException("The message names no enrolment.");
            var payload = PropertyList.Read(part.GetProperty("raw_payload").GetBytesFromBase64());
            return new NanoMdmMessage(
                json.GetProperty("topic").GetString()!, enrollment, Guid.TryParse(Text(part, "command_uuid"), out var command) ? command : null, Text(part, "status"), payload);
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("The message is not as NanoMDM writes it.", broken);
        }
    }

    public string? this[string key] => Payload.GetValueOrDefault(key) as string;

    /// <summary>The values by which the device is enrolled here.</summary>
    public DeviceValues Device() => new()
    {
        SerialNumber = this["SerialNumber"] ?? EnrollmentId,
        DeviceName = this["DeviceName"] ?? default(Change<string>),
        Model = this["ModelName"] ?? this["Model"] ?? default(Change<string>),
        Manufacturer = "Apple",
        OsVersion = this["OSVersion"] ?? default(Change<string>),
        OperatingSystem = SystemOf(this["ProductName"] ?? this["Model"] ?? "") ?? default(Change<string>),
        EnrollmentType = IsUserEnrolled ? "appleUserEnrollment" : default(Change<string>),
        OwnerType = IsUserEnrolled ? "personal" : default(Change<string>),
    };

    /// <summary>The apps of an answer to <c>InstalledApplicationList</c>; those that are just being installed apart.</summary>
    public (IReadOnlyList<ReportedApp> Apps, IReadOnlySet<string> Installing) Apps()
    {
        var rows = Payload.GetValueOrDefault("InstalledApplicationList") is List<object> list ? list.OfType<Dictionary<string, object>>().ToList() : [];
        string? Of(Dictionary<string, object> row, string key) => row.GetValueOrDefault(key) as string;
        var named = rows.Where(row => Of(row, "Identifier") is { Length: > 0 }).ToLookup(row => row.GetValueOrDefault("Installing") is true);
        return (
            [.. named[false].Select(row => new ReportedApp(Of(row, "Identifier"), Version: Of(row, "ShortVersion") ?? Of(row, "Version"), IsManaged: true, Status: ReportedStatus.Installed))],
            named[true].Select(row => Of(row, "Identifier")!).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What went wrong, in the device's words.</summary>
    public (ReportedStatus Status, int? Code, string? Text) Error()
    {
        var first = Payload.GetValueOrDefault("ErrorChain") is List<object> chain ? chain.OfType<Dictionary<string, object>>().FirstOrDefault() : null;
        var code = first?.GetValueOrDefault("ErrorCode") is long number and >= int.MinValue and <= int.MaxValue ? (int)number : (int?)null;
        var text = (first?.GetValueOrDefault("USEnglishDescription") ?? first?.GetValueOrDefault("LocalizedDescription")) as string ?? this["RejectionReason"];
        return (this["RejectionReason"] is "UserRejected" ? ReportedStatus.UserRejected : ReportedStatus.Failed, code, text?.Length > ValueRules.Text ? text[..ValueRules.Text] : text);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.String && found.GetString() is { Length: > 0 and <= ValueRules.Name } text ? text : null;

    private static string? SystemOf(string product) => product switch
    {
        _ when product.StartsWith("iPad", StringComparison.Ordinal) => "iPadOS",
        _ when product.StartsWith("iPhone", StringComparison.Ordinal) || product.StartsWith("iPod", StringComparison.Ordinal) => "iOS",
        _ when product.Contains("Mac", StringComparison.Ordinal) => "macOS",
        _ => null,
    };
}
