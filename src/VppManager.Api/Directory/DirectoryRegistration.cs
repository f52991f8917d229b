using VppManager.Api.Directory.CheckIns;

namespace VppManager.Api.Directory;

internal static class DirectoryRegistration
{
    public static void AddDirectory(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<CreateUser>().AddScoped<PatchUser>().AddScoped<DeleteUser>();
        services.AddScoped<CreateGroup>().AddScoped<PatchGroup>().AddScoped<DeleteGroup>();
        services.AddScoped<AddMember>().AddScoped<RemoveMember>();
        services.AddScoped<EnrolDevice>().AddScoped<PatchDevice>().AddScoped<RetireDevice>().AddScoped<SyncDevice>();
        services.AddScoped<ImportDirectory>();
        services.AddScoped<CheckIn>();
    }
}
