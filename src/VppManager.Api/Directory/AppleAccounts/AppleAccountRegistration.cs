namespace VppManager.Api.Directory.AppleAccounts;

internal static class AppleAccountRegistration
{
    public static void AddAppleAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<InviteCodes>();
        services.AddScoped<AppleAccountReading>().AddScoped<AppleAccountRequests>().AddScoped<AppleAccountList>();
        services.AddScoped<RetireAppleAccounts>().AddScoped<TryAppleAccountsAgain>();
    }
}
