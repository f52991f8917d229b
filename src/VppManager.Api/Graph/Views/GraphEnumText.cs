using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Views;

/// <summary>Enums are stored in Graph's spelling. Text that is no member is the first one.</summary>
internal sealed class GraphEnumText<TEnum>() : ValueConverter<TEnum, string>(value => Write(value), text => Read(text))
    where TEnum : struct, Enum
{
    private static readonly IReadOnlyDictionary<TEnum, string> Names = GraphName.Members<TEnum>(beta: true);
    private static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(name => name.Value, name => name.Key);

    private static string Write(TEnum value) => Names[value];

    private static TEnum Read(string text) => Values.GetValueOrDefault(text);
}
