namespace VppManager.Api.Tests.Hosting;

/// <summary>A folder that PostgreSQL's user can reach, which the system's own temporary folders are not.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => System.IO.Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"vppmanager-test-{Guid.NewGuid():N}"[..28]);

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
