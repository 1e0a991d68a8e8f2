using System.Text;
using System.Threading;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the log by UDP on the wire: the server, its port and the lines, of which none waits for another.
/// </summary>
public class UdpLogTests
{
    [Fact]
    public void LinesAreDatagramsToTheServersPort514()
    {
        var stack = new StackTalk();
        stack.Introduce();
        var sender = new LogSender(
            stack.Pump, new UdpLogWire(stack.Stack, Cast.PeerIp, new LogFormat(new SettingsStore())), Assert.Fail);
        sender.Add("one");
        sender.Add("two");
        stack.Run(1);
        Assert.Equal("<6>ipxe: one", TakeLine(stack));
        Assert.Equal("<6>ipxe: two", TakeLine(stack));
        sender.Close();
        sender.Add("three");
        stack.ExpectSilence(untilMs: 100);
    }

    [Fact]
    public void AServerThatNoRouteLeadsToIsNamedOnce()
    {
        var stack = new StackTalk(configured: false);
        string notes = "";
        var sender = new LogSender(
            stack.Pump, new UdpLogWire(stack.Stack, Cast.PeerIp, new LogFormat(new SettingsStore())),
            note => notes += note);
        sender.Add("one");
        stack.Run(1);
        sender.Add("two");
        stack.Run(40_000);
        sender.Add("three");
        stack.Run(1);
        Assert.Equal(1, notes.Split("The log server gets nothing").Length - 1);
    }

    private static string TakeLine(StackTalk stack)
    {
        Assert.True(EthernetView.TryRead(stack.TakeSent(), out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.Equal(Cast.PeerIp, packet.Target);
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal(514, datagram.TargetPort);
        return Encoding.UTF8.GetString(datagram.Payload);
    }
}
