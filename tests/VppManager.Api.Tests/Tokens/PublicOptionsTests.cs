using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using VppManager.Api.Tokens.Webhooks;

namespace VppManager.Api.Tests.Tokens;

public sealed class PublicOptionsTests
{
    [Theory]
    [InlineData(null, "Production", true)]
    [InlineData("", "Production", true)]
    [InlineData("https://vpp.example.com", "Production", true)]
    [InlineData("https://vpp.example.com/below/", "Production", true)]
    [InlineData("http://vpp.example.com", "Development", false)]
    [InlineData("http://127.0.0.1:5080", "Development", true)]
    [InlineData("http://127.0.0.1:5080", "Production", false)]
    [InlineData("https://vpp.example.com/?a=b", "Production", false)]
    [InlineData("https://user@vpp.example.com", "Production", false)]
    [InlineData("vpp.example.com", "Production", false)]
    [InlineData("ftp://vpp.example.com", "Production", false)]
    public void BaseAddress_AsSet_TakenOrNamedAsTheFault(string? address, string environment, bool isTaken)
    {
        var result = new PublicOptionsCheck(new Environment { EnvironmentName = environment }).Validate(null, new PublicOptions { BaseAddress = address });

        Assert.Equal(isTaken, result.Succeeded);
        if (!isTaken) Assert.Contains("BaseAddress", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void NotificationAddress_BaseWithAPath_ComesBelowIt()
    {
        var (tenant, location) = (Guid.NewGuid(), Guid.NewGuid());

        var address = new PublicOptions { BaseAddress = "https://vpp.example.com/below/" }.NotificationAddress(tenant, location);

        Assert.Equal($"https://vpp.example.com/below/apple/notifications/{tenant}/{location}", address);
    }

    private sealed class Environment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
