using System.Text;
using VppManager.Apple.Tokens;

namespace VppManager.Apple.Tests.Client;

public sealed class TokenFileTests
{
    private const string Good = """{"token":"aW5uZXI=","expDate":"2031-02-03T04:05:06+0000","orgName":"Example Ltd"}""";

    public static TheoryData<string, VppTokenFileFault> Faults => new()
    {
        { "", VppTokenFileFault.NotBase64 },
        { "  \r\n", VppTokenFileFault.NotBase64 },
        { Good, VppTokenFileFault.NotBase64 },
        { "<html>", VppTokenFileFault.NotBase64 },
        { Base64(Good)[..^3], VppTokenFileFault.NotBase64 },
        { Base64("not json"), VppTokenFileFault.NotJson },
        { Base64("[]"), VppTokenFileFault.NotJson },
        { Base64(Good[..^1]), VppTokenFileFault.NotJson },
        { Base64("""{"expDate":"2031-02-03T04:05:06+0000"}"""), VppTokenFileFault.NoToken },
        { Base64("""{"token":"","expDate":"2031-02-03T04:05:06+0000"}"""), VppTokenFileFault.NoToken },
        { Base64("""{"token":7,"expDate":"2031-02-03T04:05:06+0000"}"""), VppTokenFileFault.NoToken },
        { Base64("""{"Token":"x","expDate":"2031-02-03T04:05:06+0000"}"""), VppTokenFileFault.NoToken },
        { Base64("""{"token":"x"}"""), VppTokenFileFault.NoExpiry },
        { Base64("""{"token":"x","expDate":"soon"}"""), VppTokenFileFault.NoExpiry },
        { Base64("""{"token":"x","expDate":1928000000}"""), VppTokenFileFault.NoExpiry },
        { new string('A', VppTokenFile.MaxLength + 1), VppTokenFileFault.TooLong },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void TryParse_TextIsNoTokenFile_SaysWhatIsWrong(string text, VppTokenFileFault expected)
    {
        Assert.False(VppTokenFile.TryParse(text, out var file, out var fault));
        Assert.Null(file);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void TryParse_TokenFile_ReadsItAndKeepsItsTextToSend()
    {
        Assert.True(VppTokenFile.TryParse(Base64(Good), out var file, out var fault));

        Assert.Equal(VppTokenFileFault.None, fault);
        Assert.Equal(Base64(Good), file.Content);
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero), file.ExpiresAt);
        Assert.Equal("Example Ltd", file.OrganizationName);
    }

    [Theory]
    [InlineData("2031-02-03T04:05:06-0700", "2031-02-03T11:05:06Z")]
    [InlineData("2031-02-03T04:05:06+00:00", "2031-02-03T04:05:06Z")]
    [InlineData("2031-02-03T04:05:06Z", "2031-02-03T04:05:06Z")]
    [InlineData("2031-02-03T04:05:06.789+0000", "2031-02-03T04:05:06.789Z")]
    public void TryParse_ExpiryInEachSpelling_IsTheSameMoment(string spelled, string expected)
    {
        var text = Base64(Good.Replace("2031-02-03T04:05:06+0000", spelled, StringComparison.Ordinal));

        Assert.True(VppTokenFile.TryParse(text, out var file, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), file.ExpiresAt);
    }

    [Fact]
    public void TryParse_MarksWrapsAndPrettyPrint_DoNotMatter()
    {
        var pretty = Base64("\uFEFF" + Good.Replace(",", ",\n   ", StringComparison.Ordinal));
        var text = "\uFEFF " + string.Join("\r\n", pretty.Chunk(64).Select(line => new string(line))) + "\n";

        Assert.True(VppTokenFile.TryParse(text, out var file, out _));
        Assert.Equal(pretty, file.Content);
        Assert.Equal(Base64Of(Good).Fingerprint, file.Fingerprint);
    }

    [Fact]
    public void TryParse_NoOrganisationName_IsStillATokenFile()
    {
        Assert.True(VppTokenFile.TryParse(Base64("""{"token":"x","expDate":"2031-02-03T04:05:06+0000"}"""), out var file, out _));
        Assert.Null(file.OrganizationName);
    }

    [Fact]
    public void ToContentToken_LocationNotKnown_IsNamedByAHashAndNeverByItsSecret()
    {
        var file = Base64Of(Good);

        Assert.StartsWith("sha256-", file.ToContentToken().PaceKey, StringComparison.Ordinal);
        Assert.Equal(file.ToContentToken().PaceKey, file.ToContentToken().PaceKey);
        Assert.Equal("2049", file.ToContentToken("2049").PaceKey);
        Assert.All(
            [file.ToString(), file.ToContentToken().ToString(), file.ToContentToken("2049").ToString(), file.ToContentToken().PaceKey],
            text => Assert.DoesNotContain(file.Content, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("semi;colon")]
    public void ContentToken_TextNoHeaderCarries_IsRefusedWithoutQuotingIt(string text)
    {
        var refusal = Assert.ThrowsAny<ArgumentException>(() => new ContentToken(text));

        Assert.True(text.Length == 0 || !refusal.Message.Contains(text, StringComparison.Ordinal));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static VppTokenFile Base64Of(string json) =>
        VppTokenFile.TryParse(Base64(json), out var file, out var fault) ? file : throw new InvalidOperationException(fault.ToString());
}
