using System.Linq;
using System.Security.Authentication;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>HTTPS with a private authority that a script trusts: script, kernel and initrd over one connection.
/// </summary>
public sealed class HttpsScript
{
    private const string StoppedClock = "2001-02-03T04:05:06";

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task ScriptKernelAndInitrdComeOverHttps(string name)
    {
        Firmware firmware = Firmware.ByName(name);
        TestIdentity root = TestIdentity.Make("Private Root", isAuthority: true);
        TestIdentity own = TestIdentity.MakeServer(root, [MachineNetwork.User.HostAddress]);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpsScript), firmware);
        TlsPort port = await bed.Server.OpenTlsAsync(new TlsSetup(own));
        bed.Server["/ca.pem"] = ServedFile.FromText(root.Pem);
        bed.Server["/safe/boot.ipxe"] = ServedFile.FromText($"""
            #!ipxe
            kernel /vmlinuz {bed.Payload.CommandLine}
            initrd /initrd.img
            boot

            """.ReplaceLineEndings("\n"));
        bed.Script = $"""
            #!ipxe
            certstore --trust ca.pem
            chain {port.GuestUrl("/safe/boot.ipxe")}

            """;
        if (!firmware.IsEdk2) bed.Setup = bed.Setup with { ClockBase = StoppedClock };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);

        string[] expected = ["/safe/boot.ipxe", "/vmlinuz", "/initrd.img"];
        Assert.Equal(expected, bed.Server.Requests.Where(it => it.Port == port.Port).Select(it => it.Path));
        LoggedHandshake handshake = Assert.Single(port.Handshakes);
        Assert.Equal((SslProtocols.Tls13, ""), (handshake.Version, handshake.ServerName));
        // U-Boot's machine has neither a clock nor a generator of random numbers.
        Assert.Equal(!firmware.IsEdk2, machine.Serial.HasSaid("No date: "));
        Assert.Equal(!firmware.IsEdk2, machine.Serial.HasSaid("Random numbers come from timing jitter alone"));
    }
}
