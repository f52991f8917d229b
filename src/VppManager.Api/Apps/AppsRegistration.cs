using VppManager.Api.Apps.Categories;

namespace VppManager.Api.Apps;

internal static class AppsRegistration
{
    public static void AddApps(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<PatchApp>().AddScoped<DeleteApp>();
        services.AddScoped<EditCategories>().AddScoped<CategorizeApp>();
    }
}
