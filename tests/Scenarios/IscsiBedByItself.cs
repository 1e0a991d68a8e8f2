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
            Arguments = $" ip=dhcp iscsi_initiator=iqn.2026-11.net.bootlace:guest iscsi_target_name={target.Name}"
                + $" iscsi_target_ip=10.0.2.2 iscsi_target_port={tgt.Port}"
                + $" iscsi_username={target.Incoming.Name} iscsi_password={target.Incoming.Secret}"
                + $" iscsi_in_username={target.Outgoing.Name} iscsi_in_password={target.Outgoing.Secret}",
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
