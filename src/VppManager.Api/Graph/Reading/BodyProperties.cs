using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Reading;

/// <summary>The properties that a body of a type can have. What a version does not know is passed over.</summary>
internal sealed class BodyProperties
{
    private static readonly ConcurrentDictionary<(Type Type, bool Beta), BodyProperties> Known = new();

    private readonly Dictionary<string, BodyProperty> byName;

    private BodyProperties(Type type, bool beta)
    {
        var nullability = new NullabilityInfoContext();
        byName = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && (beta || !GraphName.IsBeta(property)))
            .Select(property => new BodyProperty(property, nullability.Create(property).WriteState == NullabilityState.Nullable))
            .ToDictionary(property => property.JsonName, StringComparer.OrdinalIgnoreCase);
        Required = [.. byName.Values.Where(property => property.IsRequired).Select(property => property.JsonName)];
    }

    public IReadOnlyList<string> Required { get; }

    public static BodyProperties Of(Type type, bool beta) => Known.GetOrAdd((type, beta), key => new BodyProperties(key.Type, key.Beta));

    public BodyProperty? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>One property of a body.</summary>
internal sealed class BodyProperty(PropertyInfo property, bool isNullable)
{
    public string Name { get; } = property.Name;

    public string JsonName { get; } = GraphName.Of(property.Name);

    public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    public bool IsNullable { get; } = isNullable;

    public bool IsRequired { get; } = property.IsDefined(typeof(RequiredMemberAttribute));

    public bool IsOptionalText => Type == typeof(List<string>) && !IsRequired;

    public void Set(object owner, object? value) => property.SetValue(owner, value);
}
