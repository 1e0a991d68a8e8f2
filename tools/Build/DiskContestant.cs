using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>One of those that the disk benchmark measures in turns.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Loader">A loader of ours; null: iPXE.</param>
public sealed record DiskContestant(string Name, string? Loader)
{
    /// <summary>The rival, on the same firmware.</summary>
    public static DiskContestant Rival { get; } = new("iPXE", null);

    /// <summary>Starts a machine whose loader boots from the bed's LUN.</summary>
    /// <param name="bed">The target, and the machine's other parts.</param>
    /// <param name="tellsHeap">Whether a loader of ours says before and after how full its heap is.</param>
    public VirtualMachine Start(SanBed bed, bool tellsHeap)
    {
        Firmware firmware = bed.Boot.Setup.Firmware;
        string script = bed.Boot.Server.GuestUrl("/boot.ipxe");
        // iPXE cannot describe a disk without ACPI.
        string describe = firmware.IsEdk2 ? "" : "--no-describe ";
        bed.Boot.Script = $"""
            #!ipxe
            set initiator-iqn {SanBed.InitiatorName}
            sanhook {describe}{bed.RootPath}
            {(tellsHeap ? "echo heap before: ${loader/heap}" : "")}
            sanboot --keep --drive 0x80
            {(tellsHeap ? "echo heap after: ${loader/heap}" : "")}

            """;
        MachineSetup setup = bed.Boot.Setup;
        return VirtualMachine.Start(Loader is null
            ? Ipxe.Machine($"{setup.Name}-ipxe", firmware, script) with { MemoryMiB = setup.MemoryMiB }
            : setup with
            {
                Start = new MachineStart.Program(Loader, firmware.IsEdk2 ? $"dhcp && chain {script}" : null),
            });
    }
}
