using System.Text.Json;
using VppManager.Api.Graph.Errors;

namespace VppManager.Api.Graph.Reading;

/// <summary>
/// POST …/$ref: {"@odata.id":"https://…/directoryObjects/{id}"}. Clients write a host of their own choosing, so only the id at the end
/// counts.
/// </summary>
internal static class ReferenceBody
{
    public static async Task<Guid> ReadAsync(HttpContext http)
    {
        using var json = await JsonBody.ReadAsync(http);

        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("@odata.id", out var address)
            && address.ValueKind == JsonValueKind.String
            ? IdOf(address.GetString()!)
            : throw GraphFault.BadRequest("The property '@odata.id' is required.");
    }

    public static Guid IdOf(string address)
    {
        var tail = address.TrimEnd('/', ')').Split('/', '(')[^1].Trim('\'');
        return Guid.TryParse(tail, out var id) ? id : throw GraphFault.BadRequest($"The reference '{address}' does not end in an id.");
    }
}

/// <summary>What the body of a reference looks like, for the API description.</summary>
internal sealed record ReferenceForm([property: System.Text.Json.Serialization.JsonPropertyName("@odata.id")] string Id);
