using Microsoft.Extensions.Options;

namespace VppManager.Api.Hosting;

/// <summary>Settings of a feature, checked before the service starts; the faults of all features are told together.</summary>
internal static class Settings
{
    /// <summary>Binds <typeparamref name="T"/> to a section, by its annotations, and has it checked at start.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.CheckSettings<T>(section);
        return services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations();
    }

    /// <summary>Has settings that somebody else binds checked at start.</summary>
    public static void CheckSettings<T>(this IServiceCollection services, string section)
        where T : class =>
        services.AddSingleton(new SettingsCheck(section, provider => _ = provider.GetRequiredService<IOptions<T>>().Value));

    /// <exception cref="StartRefusedException">Names every fault there is.</exception>
    public static void CheckSettings(this WebApplication app)
    {
        var faults = app.Services.GetServices<SettingsCheck>().SelectMany(check => check.Faults(app.Services)).ToList();
        if (faults.Count == 0) return;

        var list = string.Join('\n', faults.Distinct().Select(fault => $"  - {fault}"));
        throw new StartRefusedException($"The service cannot start with these settings:\n{list}");
    }
}

internal sealed record SettingsCheck(string Section, Action<IServiceProvider> Read)
{
    public IEnumerable<string> Faults(IServiceProvider services)
    {
        try
        {
            Read(services);
            return [];
        }
        catch (OptionsValidationException faults)
        {
            return faults.Failures.Select(fault => fault.StartsWith($"{Section}:", StringComparison.Ordinal) ? fault : $"{Section}: {fault}");
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder's own words: which value at which path is not of the type.
            return [unreadable.Message];
        }
    }
}
