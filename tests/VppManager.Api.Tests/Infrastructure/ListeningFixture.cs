using System.Net;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>
/// Two instances that listen, with one public address: the first one's. Where Apple tells of events they are hardly ever polled, so what is
/// settled here was settled by notifications.
/// </summary>
public sealed class ListeningFixture : ServiceFixture
{
    private readonly int[] ports = [ServiceProcess.FreePort(), ServiceProcess.FreePort()];

    // A slow machine must not look like a lost notification.
    public ListeningFixture(PostgresFixture postgres) : base(postgres) => Apple.Settings.Webhooks.Timeout = TimeSpan.FromMinutes(1);

    protected override int Instances => 2;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Public:BaseAddress"] = $"http://127.0.0.1:{ports[0]}",
        ["Licensing:FirstPollWithNotifications"] = "01:00:00",
        ["Licensing:UnknownEventsFor"] = "00:00:03",
        ["Licensing:LookAgainAfter"] = "00:00:01",
    };

    private protected override void Start(ServiceHost host, int instance)
    {
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, ports[instance]));
        host.StartServer();
    }
}
