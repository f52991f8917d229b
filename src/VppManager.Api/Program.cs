using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Apps.Installs;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Directory.CheckIns;
using VppManager.Api.Directory.Mdm;
using VppManager.Api.Graph;
using VppManager.Api.Hosting;
using VppManager.Api.Hosting.Demo;
using VppManager.Api.Hosting.Swagger;
using VppManager.Api.Licenses;
using VppManager.Api.Licenses.Previews;
using VppManager.Api.Portal;
using VppManager.Api.Reports;
using VppManager.Api.Sync;
using VppManager.Api.Tokens;
using VppManager.Api.Tokens.Webhooks;

try
{
    switch (args)
    {
        case ["token", .. var rest]: return TokenCommand.Run(rest, Console.Out, Console.Error);
        case ["migrate", .. var rest]: return await MigrateCommand.RunAsync(rest, Console.Out, CancellationToken.None);
        case ["tenants", .. var rest]: return await TenantsCommand.RunAsync(rest, Console.Out, CancellationToken.None);
        case ["reencrypt", .. var rest]: return await ReencryptCommand.RunAsync(rest, Console.Out, CancellationToken.None);
        case ["demo", .. var rest]: return await DemoCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None);
        case [var other, ..] when !other.StartsWith('-'): throw new StartRefusedException($"'{other}' is no command; there are token, migrate, tenants, reencrypt and demo. Without one the service runs.");
    }

    var builder = WebApplication.CreateBuilder(args);

    builder.AddLogging();
    builder.AddTelemetry();
    builder.AddServer();
    builder.AddDatabaseConnections();
    builder.AddDatabase();
    builder.AddAccess();
    builder.AddRoles();
    builder.AddCallerLimits();
    builder.AddTokens();
    builder.AddApps();
    builder.AddSync();
    builder.AddAudit();
    builder.AddReports();
    builder.AddDirectory();
    builder.AddLicensing();
    builder.AddMdm();
    builder.AddAppleAccounts();
    builder.Services.AddScoped<CompanyPortal>();
    builder.AddSwagger();
    builder.Services.AddGraph();

    var app = builder.Build();

    app.CheckSettings();
    app.UseGraphBatches();
    app.UseServer();
    app.UseSwaggerPages();
    app.UseGraphPaths();
    app.UseRouting();
    app.UseAccess();
    app.UseCallerLimits();
    app.MapHealth();
    app.MapTenant();
    app.MapTokens();
    app.MapWebhooks();
    app.MapApps();
    app.MapDirectory();
    app.MapCheckIns();
    app.MapNanoMdm();
    app.MapInstalls();
    app.MapPortal();
    app.MapLicensing();
    app.MapHolders();
    app.MapPreviews();
    app.MapAppleAccounts();
    app.MapSharedData();
    app.MapSync();
    app.MapReports();
    app.MapTelemetry();
    app.MapStartPage();
    app.MapGraph();

    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refused) when (Program.IsEntry)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return StartRefusedException.ExitCode;
}

public partial class Program
{
    /// <summary>False where a test hosts the service: it wants the exception, not a message on the console.</summary>
    private static bool IsEntry => System.Reflection.Assembly.GetEntryAssembly() == typeof(Program).Assembly;
}
