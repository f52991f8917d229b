using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Reading;

/// <summary>Reads the body of a request.</summary>
internal static class Bodies
{
    private static readonly Dictionary<GraphModel,
        BodyReader> Readers = GraphModel.Versions.ToDictionary(model => model, model => new BodyReader(model));

    public static async Task<TBody> ReadAsync<TBody>(this GraphModel model, HttpContext http) where TBody : class
    {
        using var json = await JsonBody.ReadAsync(http);
        return Readers[model].Read<TBody>(json.RootElement);
    }

    public static async Task<TBody> ReadOrEmptyAsync<TBody>(this GraphModel model, HttpContext http) where TBody : class
    {
        using var json = await JsonBody.ReadOrEmptyAsync(http);
        return Readers[model].Read<TBody>(json.RootElement);
    }

    /// <param name="model">The version.</param>
    /// <param name="http">The request.</param>
    /// <param name="type">What the body is of when it does not say so itself.</param>
    public static async Task<Patch<TBody>> ReadPatchAsync<TBody>(this GraphModel model, HttpContext http, Type? type = null) where TBody
        : class
    {
        using var json = await JsonBody.ReadAsync(http);
        return Readers[model].ReadPatch<TBody>(json.RootElement, type);
    }

    public static Patch<TBody> ReadPatch<TBody>(this GraphModel model, System.Text.Json.JsonElement json) where TBody
        : class => Readers[model].ReadPatch<TBody>(json);
}
