using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>What each target daemon makes of us, and we of it: discovery, mutual CHAP, digests, writing, and GRUB and
/// Linux from the LUN.</summary>
public sealed class IscsiDaemons
{
    /// <summary>The Linux daemon with one firmware of each family, any other with the two that differ most.</summary>
    public static TheoryData<string, string> Beds
    {
        get
        {
            TheoryData<string, string> beds = [];
            foreach (string daemon in TargetDaemons.Names)
                foreach (string firmware in
                    daemon == TargetDaemons.Tgt ? Machines.Families : Machines.OvmfAndUboot)
                    beds.Add(daemon, firmware);
            return beds;
        }
    }

    [Theory]
    [MemberData(nameof(Beds))]
    public async Task GrubWritesAndBootsWithMutualChapAndDigestsFromAListedTarget(string daemon, string firmwareName)
    {
        const string Stamp = "written-by-grub";
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            $"{nameof(IscsiDaemons)}-{daemon}",
            firmware,
            path => GrubDisk.Create(path, payload, Stamp),
            it => it with
            {
                Incoming = new ChapAccount("initiator", "secret-of-ours"),
                Outgoing = new ChapAccount("target", "secret-of-theirs"),
                HasDigests = true,
            },
            daemon: daemon);
        IscsiTarget target = bed.Targets[0];
        bed.Boot.Script = $"""
            #!ipxe
            set initiator-iqn {SanBed.InitiatorName}
            iscsi discover {bed.Daemon.Host}:{bed.Daemon.Port}
            {SanBed.Credentials(target)}
            sanboot {bed.RootPath}

            """;
        Assert.False(bed.Disk.Holds(Stamp));
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
        Assert.True(machine.Serial.HasSaid($"{target.Name} at 127.0.0.1:"), "the target is not in the list");
        Assert.True(bed.Disk.Holds(Stamp), "what GRUB wrote is not in the target's file");
    }
}
