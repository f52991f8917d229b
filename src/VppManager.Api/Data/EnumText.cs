using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VppManager.Api.Data;

/// <summary>Enums are stored as lowerCamelCase text, Graph's spelling where Graph has the word.</summary>
internal sealed class EnumText<T>() : ValueConverter<T, string>(value => EnumText.Of(value), text => Enum.Parse<T>(text, true))
    where T : struct, Enum;

internal static class EnumText
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
