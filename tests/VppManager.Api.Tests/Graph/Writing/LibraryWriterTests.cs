using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Formatter;
using Microsoft.AspNetCore.OData.Formatter.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Tests.Graph.Writing;

/// <summary>Our writer against the library's own: for every type that has addresses, what they write means the same.</summary>
public sealed class LibraryWriterTests
{
    private static readonly Uri Root = new("http://localhost/graph");

    public static TheoryData<string, string> Types()
    {
        var data = new TheoryData<string, string>();
        foreach (var model in GraphModel.Versions)
        {
            foreach (var type in model.Edm.SchemaElements.OfType<IEdmEntityType>().Where(type => !type.IsAbstract && model.ClrType(type) is not null))
                data.Add(model.Version, type.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Entity_OfAnyType_IsWrittenAsTheLibraryWritesIt(string version, string name)
    {
        var model = GraphModel.Versions.Single(one => one.Version == version);
        var type = (IEdmEntityType)model.Edm.FindDeclaredType("microsoft.graph." + name);
        var entity = Filled(model.ClrType(type)!, model.IsBeta, 3);

        var ours = Ours(model, type, entity);
        var theirs = await TheirsAsync(model, type, entity);

        Assert.True(JsonNode.DeepEquals(Normal(ours), Normal(theirs)), $"ours:   {ours.ToJsonString()}\ntheirs: {theirs.ToJsonString()}");
    }

    private static JsonObject Ours(GraphModel model, IEdmEntityType type, object entity)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) model.FullView(type).Write(writer, entity);
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    private static async Task<JsonObject> TheirsAsync(GraphModel model, IEdmEntityType type, object entity)
    {
        await using var services = new ServiceCollection().AddLogging().AddControllers()
            .AddOData(options => options.AddRouteComponents("graph", model.Edm)).Services.BuildServiceProvider();
        var routes = services.GetRequiredService<IOptions<ODataOptions>>().Value.GetRouteServices("graph");
        var http = new DefaultHttpContext { RequestServices = services };
        var set = new EdmEntitySet(new EdmEntityContainer("any", "any"), "things", type);
        var path = new ODataPath(new EntitySetSegment(set));
        var feature = http.ODataFeature();
        (feature.Model, feature.RoutePrefix, feature.Path, feature.Services) = (model.Edm, "graph", path, routes);

        using var stream = new MemoryStream();
        var settings = new ODataMessageWriterSettings { Version = ODataVersion.V4, ODataUri = new ODataUri { ServiceRoot = Root }, EnableMessageStreamDisposal = false };
        settings.SetContentType("application/json;odata.metadata=minimal", "utf-8");
        var reference = new EdmEntityTypeReference(type, isNullable: false);
        var serializer = routes.GetRequiredService<IODataSerializerProvider>().GetEdmTypeSerializer(reference);
        await using (var writer = new ODataMessageWriter((IODataResponseMessageAsync)new Message(stream, routes), settings, model.Edm))
        {
            await serializer.WriteObjectAsync(entity, entity.GetType(), writer, new ODataSerializerContext
            {
                Request = http.Request,
                Model = model.Edm,
                NavigationSource = set,
                Path = path,
                MetadataLevel = ODataMetadataLevel.Minimal,
                RootElementName = "value",
            });
        }

        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }

    // A value in every property; what is one of several types is the first that is not abstract.
    private static object Filled(Type type, bool beta, int depth)
    {
        var made = type.IsAbstract
            ? type.Assembly.GetTypes().First(derived => derived.IsSubclassOf(type) && !derived.IsAbstract && (beta || !GraphName.IsBeta(derived)))
            : type;
        var value = Activator.CreateInstance(made, nonPublic: true)!;
        foreach (var property in made.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && depth > 0))
        {
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (inner.IsAssignableTo(typeof(Entity)) || (inner.IsGenericType && inner.GetGenericArguments()[0].IsAssignableTo(typeof(Entity)))) continue;

            property.SetValue(value, Value(inner, property.Name, beta, depth));
        }

        return value;
    }

    private static object? Value(Type type, string name, bool beta, int depth) =>
        type == typeof(string) ? $"the {name} \"quoted\" ä"
        : type == typeof(int) ? 7
        : type == typeof(bool) ? true
        : type == typeof(Guid) ? Guid.Parse("11111111-2222-3333-4444-555555555555")
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.FromHours(1)).AddTicks(1234567)
        : type == typeof(byte[]) ? "icon bytes"u8.ToArray()
        : type.IsEnum ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Last(field => beta || !GraphName.IsBeta(field)).GetValue(null)
        : type.IsGenericType ? Many(type, name, beta, depth)
        : Filled(type, beta, depth - 1);

    private static IList Many(Type type, string name, bool beta, int depth)
    {
        var many = (IList)Activator.CreateInstance(type)!;
        many.Add(Value(type.GetGenericArguments()[0], name, beta, depth));
        return many;
    }

    // The order of members means nothing, nor how a moment is spelt; contexts are of the address, which these have none of.
    private static JsonNode? Normal(JsonNode? node) => node switch
    {
        JsonObject value => new JsonObject(value.Where(member => member.Key != "@odata.context").OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Normal(member.Value)))),
        JsonArray values => new JsonArray([.. values.Select(Normal)]),
        JsonValue value when value.TryGetValue<string>(out var text) && DateTimeOffset.TryParseExact(
            text, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) => moment.UtcTicks,
        null => null,
        _ => node.DeepClone(),
    };

    private sealed class Message(Stream stream, IServiceProvider services) : IODataResponseMessageAsync, IServiceCollectionProvider
    {
        private readonly Dictionary<string, string> headers = [];

        public IServiceProvider ServiceProvider => services;

        public IEnumerable<KeyValuePair<string, string>> Headers => headers;

        public int StatusCode { get; set; } = 200;

        public string GetHeader(string headerName) => headers.GetValueOrDefault(headerName)!;

        public void SetHeader(string headerName, string headerValue) => headers[headerName] = headerValue;

        public Stream GetStream() => stream;

        public Task<Stream> GetStreamAsync() => Task.FromResult(stream);
    }
}
