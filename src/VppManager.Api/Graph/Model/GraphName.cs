using System.Reflection;
using System.Text.Json;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Model;

/// <summary>How Graph spells our types, properties and enum members.</summary>
internal static class GraphName
{
    public const string Namespace = "microsoft.graph";
    public const string Alias = "graph";

    public static string Of(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>Types keep every letter but the first: MacOsVppApp is macOsVppApp.</summary>
    public static string Of(Type type) => char.ToLowerInvariant(type.Name[0]) + type.Name[1..];

    public static string Full(Type type) => Namespace + "." + Of(type);

    /// <summary>microsoft.graph.iosVppApp for graph.iosVppApp, #graph.iosVppApp and #microsoft.graph.iosVppApp.</summary>
    public static string WithoutAlias(string name)
    {
        var bare = name.TrimStart('#');
        return bare.StartsWith(Alias + ".", StringComparison.OrdinalIgnoreCase) ? string.Concat(Namespace, bare.AsSpan(Alias.Length))
            : bare;
    }

    public static bool IsBeta(MemberInfo member) => member.IsDefined(typeof(BetaAttribute), inherit: false);

    public static bool IsAlwaysEmpty(PropertyInfo property) => property.IsDefined(typeof(AlwaysEmptyAttribute), inherit: false);

    public static bool HasColumn(PropertyInfo property) => !property.IsDefined(typeof(NoColumnAttribute), inherit: false);

    /// <summary>The members of an enum that a version has, with Graph's spelling.</summary>
    public static IReadOnlyDictionary<TEnum, string> Members<TEnum>(bool beta) where TEnum : struct, Enum =>
        typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => beta || !IsBeta(field))
            .ToDictionary(field => (TEnum)field.GetValue(null)!, field => Of(field.Name));
}
