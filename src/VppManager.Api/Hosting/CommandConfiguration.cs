namespace VppManager.Api.Hosting;

/// <summary>The settings a subcommand reads when it needs no host: the same files and environment variables as the service.</summary>
internal static class CommandConfiguration
{
    public static IConfiguration Read() => new ConfigurationBuilder()
        .SetBasePath(System.IO.Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();
}
