using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using VppManager.Api.Access;
using VppManager.Api.Tests.Hosting;

namespace VppManager.Api.Tests.Access;

public sealed class AccessTests
{
    [Fact]
    public async Task Call_NoToken_Is401InGraphsForm()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);

        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things", token: null);

        await HostUnderTest.GraphMessageAsync(response, 401, "InvalidAuthenticationToken");
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Call_NoTokenOutsideGraph_Is401AsAProblem()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);

        foreach (var path in new[] { "/vpp/things", "/nowhere" })
        {
            using var response = await host.SendAsync(HttpMethod.Get, path, token: null);

            Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Contains("\"code\":\"invalidAuthenticationToken\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Call_TokenTamperedWith_Is401AndDoesNotRepeatIt()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);
        var token = host.Token(permissions: HostUnderTest.Permission) + "x";

        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things", token);

        var message = await HostUnderTest.GraphMessageAsync(response, 401, "InvalidAuthenticationToken");
        Assert.Contains("signature", message, StringComparison.Ordinal);
        Assert.DoesNotContain(token[..20], message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_DevelopmentToken_IsAcceptedInDevelopment()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);

        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things", host.Token(permissions: HostUnderTest.Permission));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Call_DevelopmentToken_IsRefusedInProduction()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken, "Production");

        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things", host.Token(permissions: HostUnderTest.Permission));

        await HostUnderTest.GraphMessageAsync(response, 401, "InvalidAuthenticationToken");
    }

    [Theory]
    [InlineData(false, "'scp'")]
    [InlineData(true, "'roles'")]
    public async Task Call_PermissionMissing_Is403AndNamesIt(bool application, string claim)
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);

        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things", host.Token(application, "User.Read.All"));

        var message = await HostUnderTest.GraphMessageAsync(response, 403, "Forbidden");
        Assert.Contains(HostUnderTest.Permission, message, StringComparison.Ordinal);
        Assert.Contains(claim, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ApplicationWithTheRole_IsAccepted()
    {
        await using var host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);

        using var response = await host.SendAsync(HttpMethod.Get, "/vpp/things", host.Token(application: true, HostUnderTest.Permission));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task TokenCommand_TenantGiven_PrintsOneTokenAndNothingElse()
    {
        using var temporary = new TemporaryFolder();
        var tenant = Guid.CreateVersion7();

        var (exitCode, output, _) = await ServiceProgram.RunAsync(
            ["token", "--tenant", $"{tenant}", "--user", "ada@example.com", "--permissions", "A.Read B.Read"], new() { ["Database__DataDirectory"] = temporary.Path });

        var token = new JsonWebTokenHandler().ReadJsonWebToken(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(0, exitCode);
        Assert.Equal($"{tenant}", token.GetClaim(ClaimNames.Tenant).Value);
        Assert.Equal("A.Read B.Read", token.GetClaim(ClaimNames.Scopes).Value);
        Assert.Equal("ada@example.com", token.GetClaim(ClaimNames.UserPrincipalName).Value);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(temporary.Path, "dev-signing-key")));
    }

    [Fact]
    public async Task TokenCommand_NoTenant_SaysHowAndFails()
    {
        var (exitCode, output, errors) = await ServiceProgram.RunAsync(["token", "--tenant", "none"], []);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.Contains("--tenant needs a GUID", errors, StringComparison.Ordinal);
    }
}
