using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A network whose DHCP server names the disk (options 17, 203 and 12, and 8 in 175): no script, no web
/// server.</summary>
public sealed class DhcpRootPath : IDisposable
{
    private const string Board = "board7", NameByHost = $"iqn.2010-04.org.ipxe:{Board}";

    private readonly NamespaceLan _lan = NamespaceLan.Create();
    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-rootpath-").FullName;

    public void Dispose()
    {
        _lan.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("ovmf", SanBed.InitiatorName, $"--dhcp-option=tag:ipxe,203,{SanBed.InitiatorName}")]
    [InlineData("uboot", NameByHost)]
    public async Task TheDiskBootsByTheNameThatDhcpGivesUs(string family, string initiator, params string[] options)
    {
        Firmware firmware = Firmware.ByName(family);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        GrubDisk disk = GrubDisk.Create(Path.Combine(_folder, "disk.img"), payload);
        File.Copy(LoaderImage.For(firmware.Architecture), Path.Combine(_folder, "loader.efi"));
        string name = $"{nameof(DhcpRootPath)}-{firmware.Name}";
        using TgtTarget tgt = Serve(name, disk, initiator, ["--dhcp-boot=tag:!ipxe,loader.efi", .. options]);

        await using VirtualMachine machine = Start(name, firmware, new MachineStart.Network(IsHttp: false));
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
        Assert.Equal(1, tgt.Activity.Logins);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task WithKeepSanTheDiskIsStillThereWhenItsProgramHasComeBack(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        GrubDisk disk = GrubDisk.CreateForTwoVisits(Path.Combine(_folder, "disk.img"), payload);
        string name = $"{nameof(DhcpRootPath)}-keep-{firmware.Name}";
        using TgtTarget tgt = Serve(name, disk, NameByHost, ["--dhcp-option=tag:ipxe,encap:175,8,1b"]);

        string loader = LoaderImage.For(firmware.Architecture);
        await using VirtualMachine machine = Start(
            name, firmware, new MachineStart.Program(loader, "dhcp && sanboot ${root-path} && sanboot --drive 0x80"));
        (string said, _) = await machine.ExpectAsync(
            Expectations.BootLimit, [GrubDisk.LeavingWords, .. GuestWords.BackInFirmware]);
        Assert.True(said == GrubDisk.LeavingWords, $"The loader gave up.\n{machine.Serial.Describe()}");
        await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.Words);
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
        Assert.Equal(1, tgt.Activity.Logins);
    }

    private TgtTarget Serve(string name, GrubDisk disk, string initiator, IReadOnlyList<string> options)
    {
        IscsiTarget target = new("iqn.2026-11.net.bootlace:root", disk.Path) { Initiator = initiator };
        TgtTarget tgt = TgtTarget.Start(name, isLogged: true, _lan, target);
        string[] all =
        [
            "--dhcp-userclass=set:ipxe,iPXE",
            $"--dhcp-host={MachineNetwork.GuestMac},{Board}",
            $"--dhcp-option=tag:ipxe,17,{tgt.RootPath(target)}",
            .. options,
        ];
        DnsmasqServer.Start(_lan, _folder, all, name + ".dnsmasq.txt");
        return tgt;
    }

    private VirtualMachine Start(string name, Firmware firmware, MachineStart start) =>
        VirtualMachine.Start(new MachineSetup(name, firmware, start, new MachineNetwork.Tap(_lan)));
}
