using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The whole chain with both ends proven: firmware starts the loader, DHCP names a script by HTTPS, the script
/// logs into a target that must prove itself as we must, and GRUB on its LUN boots Linux.</summary>
public sealed class HttpsIscsiChain
{
    private static readonly ChapAccount s_ours = new("initiator", "secret-of-ours");
    private static readonly ChapAccount s_theirs = new("target", "secret-of-theirs");
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_server =
        TestIdentity.MakeServer(s_root, [MachineNetwork.User.HostAddress], "p384");

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task GrubBootsLinuxFromALunThatAScriptByHttpsNames(string firmwareName)
    {
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(HttpsIscsiChain), Firmware.ByName(firmwareName),
            change: it => it with { Incoming = s_ours, Outgoing = s_theirs });
        TlsPort port = await bed.Boot.Server.OpenTlsAsync(new TlsSetup(s_server));
        bed.Boot.Script = $"""
            #!ipxe
            {SanBed.Credentials(bed.Targets[0])}
            sanboot {bed.RootPath}

            """;
        bed.Boot.Trust(s_root, port.GuestUrl("/boot.ipxe"));
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(bed.Boot.Payload, hasBanner: false);
        LoggedRequest request = Assert.Single(bed.Boot.Server.Requests);
        Assert.Equal(("/boot.ipxe", port.Port), (request.Path, request.Port));
        Assert.Equal(1, bed.Tgt.Activity.Logins);
    }
}
