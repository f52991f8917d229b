using System.Security.Cryptography;
using System.Text;

namespace VppManager.Apple.Tokens;

/// <summary>
/// The secret that speaks for one location: the content of its <c>.vpptoken</c> file, sent as it is.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-started-with-the-management-api"/>.
/// </summary>
public sealed class ContentToken
{
    private const string Marks = "+/=-_.";
    private volatile bool stopped;

    /// <summary>Takes the content of a token file.</summary>
    /// <param name="fileContent">The Base64 text of the file; see <see cref="VppTokenFile.Content"/>.</param>
    /// <param name="paceKey">The location's <c>uId</c>; leave it out while it is not known, and a hash of the token stands in.</param>
    /// <exception cref="ArgumentException">The content is empty or holds characters that no header can carry.</exception>
    public ContentToken(string fileContent, string? paceKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fileContent);

        // Checked here and without the value, since the header's own complaint would quote it.
        if (fileContent.Any(letter => !char.IsAsciiLetterOrDigit(letter) && !Marks.Contains(letter)))
            throw new ArgumentException("A content token holds Base64 characters and no white space.", nameof(fileContent));

        FileContent = fileContent;
        PaceKey = string.IsNullOrEmpty(paceKey) ? HashOf(fileContent) : paceKey;
    }

    /// <summary>
    /// Looks at every answer that a call with this token gets, before the caller does: the place to compare <see cref="AppleAnswer.MdmInfo"/>. When it says
    /// false, the answer is still handed over, but no call with this token is sent any more.
    /// </summary>
    public Func<AppleAnswer, CancellationToken, ValueTask<bool>>? Watch { get; init; }

    /// <summary>Names the location, for the pace and the circuit breaker. No secret.</summary>
    public string PaceKey { get; }

    internal string FileContent { get; }

    /// <summary>Whether both were made from the same file.</summary>
    /// <param name="other">The other.</param>
    /// <returns>False after a renewal.</returns>
    public bool IsSameFileAs(ContentToken other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FileContent == other.FileContent;
    }

    internal void ThrowIfStopped()
    {
        if (stopped) throw new AppleException("Nothing is sent any more: another product manages the location.") { Meaning = AppleErrorMeaning.TakenOver, IsNotSent = true };
    }

    internal async ValueTask SeeAsync(object answer, CancellationToken ct)
    {
        if (Watch is not null && answer is AppleAnswer seen && !await Watch(seen, ct)) stopped = true;
    }

    /// <summary>Says that it is a token, and of which location; never the secret.</summary>
    public override string ToString() => $"ContentToken({PaceKey})";

    private static string HashOf(string content) =>
        "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
}
