using VppManager.FakeApple;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build();
var url = (configuration["urls"] ?? "http://127.0.0.1:5081").Split(';')[0];

using var stop = new CancellationTokenSource();
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

await using var apple = FakeAppleServer.Start(url);
Console.WriteLine($"Fake Apple service on {apple.BaseAddress}, control on {new Uri(apple.BaseAddress, "/fake/swagger")}");
stop.Token.WaitHandle.WaitOne();

/// <summary>Hidden from the tests of the service, which name its own Program.</summary>
internal partial class Program;
