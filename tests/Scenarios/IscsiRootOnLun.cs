using System.Collections.Generic;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Linux finds in the iBFT, or on its command line, what the loader logged in with, logs in by it with
/// open-iscsi, and has its root on the LUN.</summary>
public sealed class IscsiRootOnLun
{
    private static readonly ChapAccount s_ours = new("initiator", "secret-of-ours");
    private static readonly ChapAccount s_theirs = new("target", "secret-of-theirs");

    [Theory]
    [InlineData("ovmf")]
    [InlineData("aavmf")]
    public async Task LinuxLogsInFromTheIbftAndHasItsRootOnTheLun(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        IscsiRoot root = IscsiRoot.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiRootOnLun),
            firmware,
            path => GrubDisk.Create(path, root.Payload, others: root.Partition),
            it => it with { Incoming = s_ours, Outgoing = s_theirs });
        bed.Boot.Script = $"""
            #!ipxe
            {SanBed.Credentials(bed.Targets[0])}
            sanboot {bed.RootPath}

            """;
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(root.Payload, hasBanner: false);

        Dictionary<string, string> expected = new()
        {
            ["initiator/initiator-name"] = SanBed.InitiatorName,
            ["ethernet0/ip-addr"] = "10.0.2.15",
            ["ethernet0/gateway"] = "10.0.2.2",
            ["ethernet0/mac"] = "52:54:00:12:34:56",
            ["target0/target-name"] = bed.Targets[0].Name,
            ["target0/ip-addr"] = "10.0.2.2",
            ["target0/port"] = $"{bed.Tgt.Port}",
            ["target0/chap-name"] = "initiator",
            ["target0/chap-secret"] = "secret-of-ours",
            ["target0/rev-chap-name"] = "target",
            ["target0/rev-chap-name-secret"] = "secret-of-theirs",
        };
        Assert.All(expected, it => Assert.True(
            machine.Serial.HasSaid($"{IscsiRoot.IbftWords}{it.Key}={it.Value}"), $"the iBFT lacks {it}"));
        Assert.True(bed.Tgt.Activity.Logins >= 2, "Linux did not log in itself");
        Assert.True(bed.Tgt.Activity.Writes > 0, "Linux did not write to its root");
    }

    /// <summary>The way where there is no ACPI, and so no iBFT: the script puts the words on the kernel's command line,
    /// and scripts of the distribution read them in the initrd.</summary>
    [Theory]
    [InlineData("uboot", "debian-args")]
    [InlineData("uboot", "dracut-args")]
    public async Task LinuxLogsInByTheWordsOnItsCommandLineAndHasItsRootOnTheLun(string family, string words)
    {
        Firmware firmware = Firmware.ByName(family);
        IscsiRoot root = IscsiRoot.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            $"IscsiRoot-{words}",
            firmware,
            path =>
            {
                GptDisk.Create(path, root.Partition);
                return new GrubDisk(path);
            },
            it => it with { Incoming = s_ours, Outgoing = s_theirs });
        bed.Boot.Server["/iscsi-initrd.img"] = ServedFile.FromPath(root.Payload.Initrd);
        bed.Boot.Script = $$"""
            #!ipxe
            {{SanBed.Credentials(bed.Targets[0])}}
            sanhook {{bed.RootPath}}
            kernel vmlinuz {{root.Payload.CommandLine}} ${san/{{words}}}
            initrd iscsi-initrd.img
            boot

            """;
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectLinuxAsync(root.Payload);
        Assert.Equal(2, bed.Tgt.Activity.Logins);   // the loader's, and Linux's own
        Assert.True(bed.Tgt.Activity.Writes > 0, "Linux did not write to its root");
    }
}
