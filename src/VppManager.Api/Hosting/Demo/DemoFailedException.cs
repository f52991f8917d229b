namespace VppManager.Api.Hosting.Demo;

/// <summary>A step of the demo did not come out. The message is a whole sentence for the person who watches.</summary>
internal sealed class DemoFailedException(string message) : Exception(message)
{
    public const int ExitCode = 1;
}
