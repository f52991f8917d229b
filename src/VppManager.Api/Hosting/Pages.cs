using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Hosting;

internal static class Pages
{
    /// <summary>Who opens the bare address in a browser wants the page that says what is here.</summary>
    public static void MapStartPage(this WebApplication app)
    {
        var answer = SwaggerHosting.IsOn(app) ? Results.Redirect("/swagger") : Results.Text("VppManager");
        app.MapGet("/", () => answer).AllowAnonymous().ExcludeFromDescription();
    }
}
