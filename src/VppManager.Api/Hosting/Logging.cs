using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace VppManager.Api.Hosting;

/// <summary>Log lines on the console: JSON for machines in production, words for people in Development.</summary>
internal static class Logging
{
    private const string Readable = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    // What these write at Information repeats our request log, or holds addresses with their query.
    private static readonly string[] Quiet = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "Quartz", "System.Net.Http.HttpClient"];

    public static void AddLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(
            (services, logger) => Configure(logger.ReadFrom.Services(services), builder.Configuration, builder.Environment.IsDevelopment()),
            preserveStaticLogger: true); // Each host has a logger of its own, also where several live in one process.

    private static void Configure(LoggerConfiguration logger, IConfiguration configuration, bool development)
    {
        logger.MinimumLevel.Information();
        foreach (var source in Quiet) logger.MinimumLevel.Override(source, LogEventLevel.Warning);

        logger.ReadFrom.Configuration(configuration).Enrich.FromLogContext().Enrich.With<SecretMask>();

        // Said once, in words, as the program ends.
        logger.Filter.ByExcluding(line => line.Exception is StartRefusedException);
        if (development) logger.WriteTo.Console(outputTemplate: Readable, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        else logger.WriteTo.Console(new CompactJsonFormatter());
    }
}
