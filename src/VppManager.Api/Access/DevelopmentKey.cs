using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace VppManager.Api.Access;

/// <summary>The key that signs development tokens: made on first use, kept beside the data, readable by its owner alone.</summary>
internal static class DevelopmentKey
{
    private const int Bytes = 32;

    public static SymmetricSecurityKey ReadOrCreate(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "dev-signing-key");
        if (!File.Exists(path)) Create(path);

        return new SymmetricSecurityKey(Convert.FromBase64String(File.ReadAllText(path))) { KeyId = "development" };
    }

    // Written aside and moved, so that two processes starting together agree on one whole key.
    private static void Create(string path)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var writer = new StreamWriter(aside, options))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        }

        try
        {
            File.Move(aside, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
