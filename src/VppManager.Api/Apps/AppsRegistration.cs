using VppManager.Api.Apps.Categories;
using VppManager.Api.Apps.Installs;

namespace VppManager.Api.Apps;

internal static class AppsRegistration
{
    public static void AddApps(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<PatchApp>().AddScoped<DeleteApp>();
        services.AddScoped<InstallList>();
        services.AddScoped<EditCategories>().AddScoped<CategorizeApp>();
    }
}
