using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;
using VppManager.Api.Access.Roles;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

internal static partial class AccessHosting
{
    /// <summary>
    /// Bearer tokens by ASP.NET Core's own settings (<c>Authentication:Schemes:Bearer</c>); every endpoint needs a caller unless it says
    /// otherwise.
    /// </summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.Events = new JwtBearerEvents { OnTokenValidated = RefuseNobody };
        });
        if (builder.Environment.IsDevelopment()) builder.Services.AcceptDevelopmentTokens();

        builder.Services.AddSingleton<TenantStandings>();
        builder.Services.AddSingleton<IAuthorizationHandler, GuardCheck>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAnswers>();
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>What the database knows of a tenant's standing and its roles (G1, G2).</summary>
    public static void AddRoles(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<EditRoles>();
        builder.Services.AddScoped<GiveRoles>();
        builder.Services.AddScoped<EditScopeTags>();
        builder.Services.AddSingleton<StandingRows>();
        builder.Services.AddSingleton<TenantStandings.Read>(provider => provider.GetRequiredService<StandingRows>().ReadAsync);
    }

    /// <summary>The audit log and how long it is kept (G6).</summary>
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<AuditOptions>(AuditOptions.Section);
        builder.Services.AddSingleton<ForgetAuditEvents>();
        builder.Services.AddHostedService<AuditSchedule>();
    }

    public static void UseAccess(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment() && !NamesAnIssuer(app.Configuration)) Log.NobodyCanCall(app.Logger);

        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(next => http => RequestOrigin.UseAsync(http, next));
        app.Use(next => http => ScopeDoor.PassAsync(http, next));
    }

    private static bool NamesAnIssuer(IConfiguration configuration)
    {
        var bearer = configuration.GetSection("Authentication:Schemes:Bearer");
        return bearer["Authority"] is not null || bearer["MetadataAddress"] is not null || bearer.GetSection("SigningKeys").GetChildren().Any();
    }

    private static void AcceptDevelopmentTokens(this IServiceCollection services) =>
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).PostConfigure<IConfiguration>((options, configuration) =>
        {
            var accepted = options.TokenValidationParameters;
            accepted.ValidIssuers = [.. accepted.ValidIssuers ?? [], DevelopmentTokens.Issuer];
            accepted.ValidAudiences = [.. accepted.ValidAudiences ?? [], DevelopmentTokens.Audience];
            SecurityKey key = DevelopmentKey.ReadOrCreate(DatabaseOptions.DataDirectoryOf(configuration));
            accepted.IssuerSigningKeys = [.. accepted.IssuerSigningKeys ?? [], key];
        });

    private static Task RefuseNobody(TokenValidatedContext context)
    {
        if (Caller.From(context.Principal!) is null) context.Fail(new CallerMissingException());
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No token will be accepted: Authentication:Schemes:Bearer:Authority and ValidAudiences are to name the callers' issuer")]
        public static partial void NobodyCanCall(ILogger logger);
    }
}
