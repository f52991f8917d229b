namespace VppManager.Api.Hosting;

/// <summary>The service cannot start as it is set up. The message is for the person who starts it, and stands without a stack trace.</summary>
internal sealed class StartRefusedException(string message) : Exception(message)
{
    public const int ExitCode = 2;
}
