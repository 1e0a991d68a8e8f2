using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>What the screen shows arrives at a log server by TLS, up to the last line before the kernel; a server that
/// is not there holds nothing up.</summary>
public sealed class LogByTls
{
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_server =
        TestIdentity.MakeServer(s_root, [MachineNetwork.User.HostAddress]);

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task TheLogIsWholeAndSaysWhoWasBelieved(string firmware)
    {
        using TlsLogServer log = TlsLogServer.Start(s_server);
        await using BootBed bed = await BootBed.CreateAsync(nameof(LogByTls), Firmware.ByName(firmware));
        TlsPort port = await bed.Server.OpenTlsAsync(new TlsSetup(s_server));
        bed.Trust(s_root);
        bed.Script = $"""
            #!ipxe
            set hostname board7
            set syslogs {log.GuestName}
            echo first line
            kernel {port.GuestUrl("/vmlinuz")} {bed.Payload.CommandLine}
            initrd {port.GuestUrl("/initrd.img")}
            tlsstat
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        await machine.WaitUntilAsync(() => log.Messages.Any(it => it.Contains("Private Root")));

        Assert.All(log.Messages, it => Assert.StartsWith("<6>1 - board7 ipxe - - - ", it));
        string[] lines = [.. log.Messages.Select(it => it["<6>1 - board7 ipxe - - - ".Length..])];
        Assert.Equal("first line", lines[0]);
        Assert.Contains(lines, it => it.Contains("/vmlinuz... ok"));
        Assert.Contains(lines, it => it.StartsWith($"{MachineNetwork.User.HostAddress}:{port.Port} TLS 1.3 "));
        Assert.Contains("  [full handshake, certificate 'Server', root 'Private Root']", lines);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task ALogServerThatIsNotTrustedIsNamedAndTheBootGoesOn(string firmware)
    {
        using TlsLogServer log = TlsLogServer.Start(s_server);
        await using BootBed bed = await BootBed.CreateAsync("LogUntrusted", Firmware.ByName(firmware));
        bed.Script = $"#!ipxe\nset syslogs {log.GuestName}\n" + bed.DefaultScript;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.True(machine.Serial.HasSaid("The log server gets nothing: "));
        Assert.True(machine.Serial.HasSaid($"[{Crypto.CertificateFailure.NoRoots.Code:x8}]"));
        Assert.DoesNotContain(log.Messages, it => it.StartsWith('<'));
    }
}
