using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Swashbuckle.AspNetCore.SwaggerUI;
using VppManager.Api.Directory;

namespace VppManager.Api.Hosting.Swagger;

/// <summary>The descriptions of what we speak, and a page to try them on; all of it served from here.</summary>
internal static class SwaggerHosting
{
    private const string Scheme = "bearer";

    private static readonly (string Name, string Title)[] Documents =
    [
        ("v1.0", "Microsoft Graph v1.0"),
        ("beta", "Microsoft Graph beta"),
        ("vpp", "VppManager: licences, devices, Company Portal"),
    ];

    public static void AddSwagger(this WebApplicationBuilder builder)
    {
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(Configure);

        // Swashbuckle reads the names of enum members from MVC's options, also where there are no controllers.
        builder.Services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(json => AddEnumNames(json.JsonSerializerOptions));
        builder.Services.ConfigureHttpJsonOptions(json => AddEnumNames(json.SerializerOptions));
    }

    /// <summary>Before authentication: the page is for everyone, what it calls is not.</summary>
    public static void UseSwaggerPages(this WebApplication app)
    {
        if (!IsOn(app)) return;

        app.UseSwagger();
        app.UseSwaggerUI(page =>
        {
            foreach (var (name, title) in Documents) page.SwaggerEndpoint($"/swagger/{name}/swagger.json", title);
            page.DocumentTitle = "VppManager";
            page.EnablePersistAuthorization();
            page.DisplayRequestDuration();
            page.DocExpansion(DocExpansion.None);
            page.DefaultModelsExpandDepth(0);
        });
    }

    /// <summary>In Development, and elsewhere where a setting says so.</summary>
    public static bool IsOn(WebApplication app) =>
        app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Swagger ?? app.Environment.IsDevelopment();

    private static void AddEnumNames(JsonSerializerOptions options) => options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));

    private static void Configure(SwaggerGenOptions options)
    {
        foreach (var (name, title) in Documents) options.SwaggerDoc(name, new OpenApiInfo { Title = title, Version = name });
        options.DocInclusionPredicate((document, endpoint) => DocumentOf(endpoint) == document);
        options.CustomSchemaIds(SchemaNames.Of);
        options.SupportNonNullableReferenceTypes();
        DescribeChanges(options);
        options.OperationFilter<ODataOptionsFilter>();
        options.OperationFilter<GuardFilter>();
        DescribePolymorphism(options);
        DescribeBearer(options);
    }

    // A property that may be left out is to a reader what it holds.
    private static void DescribeChanges(SwaggerGenOptions options)
    {
        options.MapType<Change<string>>(() => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null });
        options.MapType<Change<Guid?>>(() => new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = "uuid" });
        options.MapType<Change<IReadOnlyList<string>>>(() => new OpenApiSchema
        {
            Type = JsonSchemaType.Array | JsonSchemaType.Null,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        options.MapType<Change<bool?>>(() => new OpenApiSchema { Type = JsonSchemaType.Boolean | JsonSchemaType.Null });
    }

    private static string DocumentOf(ApiDescription endpoint) => endpoint.RelativePath?.Split('/')[0] switch
    {
        "v1.0" => "v1.0",
        "beta" => "beta",
        _ => "vpp",
    };

    private static void DescribePolymorphism(SwaggerGenOptions options)
    {
        options.UseAllOfForInheritance();
        options.UseOneOfForPolymorphism();
        options.SelectSubTypesUsing(type => SchemaNames.IsWire(type) ? type.Assembly.GetTypes().Where(candidate => candidate.IsSubclassOf(type)) : []);
        options.SelectDiscriminatorNameUsing(type => SchemaNames.IsWire(type) ? "@odata.type" : null);
        options.SelectDiscriminatorValueUsing(type => SchemaNames.IsWire(type) ? "#" + SchemaNames.Of(type) : null);
    }

    private static void DescribeBearer(SwaggerGenOptions options)
    {
        options.AddSecurityDefinition(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            BearerFormat = "JWT",
            Description = "An access token. For development: `dotnet run --project src/VppManager.Api -- token --tenant <guid>`.",
        });
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] });
    }
}
