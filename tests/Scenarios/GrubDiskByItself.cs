using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The disk that iSCSI scenarios offer boots when it is in the machine: what then fails over the network is
/// not the disk's fault.</summary>
public sealed class GrubDiskByItself
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task TheDiskBootsFromTheMachineItself(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        string name = $"{nameof(GrubDiskByItself)}-{firmwareName}";
        GrubDisk disk = GrubDisk.Create(Path.Combine(Repository.Logs, name + ".img"), payload);
        MachineSetup setup = new(name, firmware, new MachineStart.Disk(disk.Path), new MachineNetwork.User());
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.Words);
        await machine.ExpectAsync(Expectations.BootLimit, payload.Marker);
        File.Delete(disk.Path);
    }
}
