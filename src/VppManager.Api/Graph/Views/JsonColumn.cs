using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VppManager.Api.Graph.Views;

/// <summary>Values that hold others, or are one of several types, come out of the view as jsonb in Graph's own form.</summary>
internal static class JsonColumn
{
    // jsonb keeps its members in an order of its own, so @odata.type can be anywhere.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void HasJson<TValue>(this PropertyBuilder<TValue> property)
    {
        property.HasColumnType("jsonb");
        property.HasConversion(
            new ValueConverter<TValue,
                string>(value => JsonSerializer.Serialize(value, Json), text => JsonSerializer.Deserialize<TValue>(text, Json)!),
            new ValueComparer<TValue>(favorStructuralComparisons: false));
    }
}
