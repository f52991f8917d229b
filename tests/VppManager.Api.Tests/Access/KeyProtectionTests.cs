using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Tests.Hosting;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tokens;

namespace VppManager.Api.Tests.Access;

/// <summary>Secrets at rest: the keys, what protects them, and protecting everything anew.</summary>
[Trait("Rule", "T16")]
public sealed class KeyProtectionTests(ServiceFixture service, PostgresFixture postgres) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("Production", null, false, false)]
    [InlineData("Staging", null, false, false)]
    [InlineData("Production", null, true, true)]
    [InlineData("Production", "keys.pfx", false, true)]
    [InlineData("Development", null, false, true)]
    public void Start_WithoutACertificate_IsRefusedOutsideDevelopment(string environment, string? file, bool allowed, bool starts)
    {
        var options = new KeyProtectionOptions { CertificateFile = file, AllowUnprotectedKeys = allowed };

        Assert.Equal(starts, new KeyProtectionCheck(new Environment(environment)).Validate(null, options).Succeeded);
    }

    [Fact]
    public async Task Keys_UnderACertificate_AreUnreadableWithoutItAndReadableAfterItWasReplaced()
    {
        using var folder = new TemporaryFolder();
        var connection = service.ConnectionString;
        var (first, second) = (TestCertificate.Write(folder, "first"), TestCertificate.Write(folder, "second"));

        string secret;
        await using (var old = Services(connection, first))
        {
            old.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
            secret = old.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("hidden");
        }

        var written = await service.ScalarAsync<string>("select xml from data_protection_keys order by id desc limit 1");
        Assert.Contains("EncryptedData", written, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", written, StringComparison.Ordinal);
        await using (var replaced = Services(connection, second, first))
        {
            Assert.Equal("hidden", replaced.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
        }

        await using var without = Services(connection, second);
        Assert.Throws<CryptographicException>(() => without.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
    }

    [Fact]
    public async Task Reencrypt_EveryStoredSecret_IsWrittenAnewAndStillOpens()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        var before = await SecretAsync(token);
        var services = service.Hosts[0].Services;

        var count = await new Reencryption(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<IDataProtectionProvider>())
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.True(count >= 1);
        Assert.NotEqual(before, await SecretAsync(token));
        Assert.NotNull(services.GetRequiredService<TokenSecrets>().Unprotect(await SecretAsync(token), null));
        await organization.SyncAsync(token);
    }

    [Fact]
    public async Task Reencrypt_WithANewKey_EverySecretIsUnderIt()
    {
        // A database of its own: the running service does not know the new key.
        var connection = await postgres.CreateDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(connection);
        string old;
        await using (var services = Services(connection, null)) old = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("VppManager.Tokens").Protect("hidden");
        await using (var insert = owner.CreateCommand("""
            with made as (insert into tenants (id, name, behavior, created_at) values ($1, 'Keys', 'intune2020', now()) returning id)
            insert into tokens (tenant_id, id, account_type, protected_secret, state, expires_at, created_at, modified_at, last_sync_status,
                automatically_update_apps, data_sharing_consent_granted, claim_from_external_mdm, role_scope_tag_ids)
            select id, $1, 'business', $2, 'valid', now() + interval '1 day', now(), now(), 'none', false, true, false, '{0}' from made
            """))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7() });
            insert.Parameters.Add(new NpgsqlParameter { Value = old });
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var (exitCode, said, _) = await ServiceProgram.RunAsync(["reencrypt", "--new-key"], new() { ["ConnectionStrings__VppManager"] = connection });

        Assert.Equal((0, "1 secrets have been protected anew."), (exitCode, said.Trim()));
        await using var keys = owner.CreateCommand("select xml from data_protection_keys order by id");
        await using var reader = await keys.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var xml = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) xml.Add(reader.GetString(0));
        await reader.CloseAsync();
        await using var tokens = owner.CreateCommand("select protected_secret from tokens");
        var now = (string)(await tokens.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(2, xml.Count);
        Assert.Contains($"id=\"{KeyOf(old)}\"", xml[0], StringComparison.Ordinal);
        Assert.Contains($"id=\"{KeyOf(now)}\"", xml[1], StringComparison.Ordinal);
        await using var after = Services(connection, null);
        Assert.Equal("hidden", after.GetRequiredService<IDataProtectionProvider>().CreateProtector("VppManager.Tokens").Unprotect(now));
    }

    [Fact]
    public async Task Columns_ThatHoldSecrets_AreAllReencrypted() => Assert.Equal(
        ["apple_users.protected_invite_code", "mdm_commands.protected_body", "tokens.protected_secret"],
        await service.ColumnAsync<string>("""
            select table_name || '.' || column_name from information_schema.columns
            where table_schema = 'public' and column_name like 'protected%' order by 1
            """));

    private Task<string> SecretAsync(Guid token) => service.ScalarAsync<string>("select protected_secret from tokens where id = $1", token);

    /// <summary>The id behind four bytes that say what it is.</summary>
    private static Guid KeyOf(string protectedText) => new(Base64Url.DecodeFromChars(protectedText).AsSpan(4, 16));

    private static ServiceProvider Services(string connection, string? certificate, params string[] old)
    {
        var settings = new Dictionary<string, string?> { ["DataProtection:CertificateFile"] = certificate, ["DataProtection:CertificatePassword"] = TestCertificate.Password };
        for (var i = 0; i < old.Length; i++) settings[$"DataProtection:OldCertificateFiles:{i}"] = old[i];
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<KeysContext>(options => options.UseNpgsql(connection).UseSnakeCaseNamingConvention());
        services.AddProtectedKeys(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
