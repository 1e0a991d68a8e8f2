using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The iSCSI target and the Linux that puts its root on it work with each other, without the loader: what then
/// fails is not the bed's fault.</summary>
public sealed class IscsiBedByItself
{
    [Theory]
    [InlineData("ovmf")]
    public async Task LinuxPutsItsRootOnTheTargetWithMutualChap(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        IscsiRoot root = IscsiRoot.Prepare(firmware.Architecture);
        string name = $"{nameof(IscsiBedByItself)}-{firmware.Name}";
        string disk = Path.Combine(Repository.Logs, name + ".img");
        GptDisk.Create(disk, root.Partition);
        IscsiTarget target = new("iqn.2026-11.net.bootlace:root", disk)
        {
            Incoming = new ChapAccount("initiator", "secret-of-ours"),
            Outgoing = new ChapAccount("target", "secret-of-theirs"),
        };
        using TgtTarget tgt = TgtTarget.Start(name, isLogged: true, target);
        LinuxPayload payload = root.Payload with
        {
            Arguments = $" ISCSI_INITIATOR=iqn.2026-11.net.bootlace:guest ISCSI_TARGET_NAME={target.Name}"
                + $" ISCSI_TARGET_IP=10.0.2.2 ISCSI_TARGET_PORT={tgt.Port}"
                + $" ISCSI_USERNAME={target.Incoming.Name} ISCSI_PASSWORD={target.Incoming.Secret}"
                + $" ISCSI_IN_USERNAME={target.Outgoing.Name} ISCSI_IN_PASSWORD={target.Outgoing.Secret}",
        };
        MachineSetup setup = new(name, firmware, new MachineStart.Direct(payload), new MachineNetwork.User());
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectAsync(Expectations.BootLimit, payload.Marker);
        await machine.WaitForEndAsync(Expectations.BootLimit);
        Assert.Equal(1, tgt.Activity.Logins);
        Assert.True(tgt.Activity.Writes > 0, "the root was not written to");
        File.Delete(disk);
    }
}
