using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Net;
using Bootlace.Tests.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the settings that say what the switch says of itself (spec 3.2).</summary>
public class LldpBlockTests
{
    [Theory]
    [InlineData("net0.lldp/5.0.0.0:string", "sw-9b")]
    [InlineData("net0.lldp/5.0.0.0", "73772d3962")]
    [InlineData("net0.lldp/5.2.0.1.0:string", "Gi1/0/")]
    [InlineData("net0.lldp/4.1.0.1.0:hex", "52:54:00:fe:dc:ba")]
    [InlineData("net0.lldp/5.1.8.0.2.4:ipv4", "10.0.2.3")]
    [InlineData("net0.lldp/0x0080c2.1.127.0.4.2:int16", "100")]
    [InlineData("net0.lldp/0x0080c2.1.127.1.4.2:int16", "200")]
    [InlineData("net0.lldp/0x0080c2.1.127.2.4.2:int16", "")]
    [InlineData("net0.lldp/0x00120f.4.127.0.4.2:uint16", "0x5ee")]
    [InlineData("net0.lldp/3.0.0.2:uint16", "0x78")]
    [InlineData("net0.lldp/3.0.1.9", "78")]
    [InlineData("net0.lldp/3.0.2.1", "")]
    [InlineData("net0.lldp/6.0.0.0", "")]
    [InlineData("net0.lldp/name", "")]
    [InlineData("net0/5.0.0.0", "")]
    public void AValueIsNamedByBeginningTypeInstanceOffsetAndLength(string reference, string expected)
    {
        var talk = new StackTalk();
        var settings = new SettingsStore();
        var net0 = new PlainBlock("net0");
        settings.Register(net0, settings.Root);
        settings.Register(new LldpBlock(talk.Net0, talk.Pump), net0);
        Assert.False(settings.TryFormat(reference, out _));
        talk.Deliver([0x01, 0x80, 0xc2, 0, 0, 0x0e, 0x52, 0x54, 0, 0xfe, 0xdc, 0xbb, 0x88, 0xcc, .. LldpTests.Unit]);
        Assert.Equal(expected, settings.TryFormat(reference, out string text) ? text : "");
    }
}
