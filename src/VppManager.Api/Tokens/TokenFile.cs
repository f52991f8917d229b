using VppManager.Apple.Tokens;
using VppManager.Core;

namespace VppManager.Api.Tokens;

/// <summary>Reads an uploaded token file and says what is wrong with it (T3).</summary>
internal static class TokenFile
{
    public static Outcome<VppTokenFile> Read(string? text) =>
        VppTokenFile.TryParse(text, out var file, out var fault) ? file : VppError.TokenUnreadable(Explain(fault));

    private static string Explain(VppTokenFileFault fault) => fault switch
    {
        VppTokenFileFault.TooLong => $"it is longer than {VppTokenFile.MaxLength / 1024} KiB.",
        VppTokenFileFault.NotBase64 => "it is not Base64.",
        VppTokenFileFault.NotJson => "it holds no JSON object.",
        VppTokenFileFault.NoToken => "it holds no 'token'.",
        VppTokenFileFault.NoExpiry => "it holds no 'expDate', or one that is no date.",
        _ => "it is no token file.",
    };
}
