using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace VppManager.FakeApple.Control;

/// <summary>The control interface: everything below <c>/fake/</c>, with a Swagger UI.</summary>
internal static class ControlHosting
{
    private const string Root = "/fake";

    public static void AddControl(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddProblemDetails();
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options => options.SwaggerDoc("v1", new OpenApiInfo { Title = "Fake Apple service: control", Version = "v1" }));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
    }

    public static void UseControl(this IApplicationBuilder app, FakeAppleServer server) =>
        app.MapWhen(context => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal), branch => branch.Configure(server));

    private static void Configure(this IApplicationBuilder app, FakeAppleServer server)
    {
        app.UseSwagger(options => options.RouteTemplate = "fake/swagger/{documentName}/swagger.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "fake/swagger";
            options.SwaggerEndpoint("v1/swagger.json", "Fake Apple: control");
        });
        app.Use(RefuseAsync);
        app.UseRouting();
        app.UseEndpoints(routes =>
        {
            var fake = routes.MapGroup(Root);
            fake.MapGet("/", () => Results.Redirect("/fake/swagger")).ExcludeFromDescription();
            fake.MapServer(server);
            fake.MapLocations(server);
            fake.MapTokens(server);
            fake.MapAssets(server);
            fake.MapUsers(server);
            fake.MapFaults(server);
        });
    }

    /// <summary>What the library throws at wrong arguments becomes an answer.</summary>
    private static async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (KeyNotFoundException e)
        {
            await Results.Problem(e.Message, statusCode: 404).ExecuteAsync(context);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            await Results.Problem(e.Message, statusCode: 409).ExecuteAsync(context);
        }
    }
}
