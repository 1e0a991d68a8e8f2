using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>All blocks of settings that say what the machine is (spec/ipxe-compat.md 3.2).</summary>
public static class HardwareBlocks
{
    /// <summary>Hangs them below the root.</summary>
    public static void Register(SettingsStore settings, IHardware hardware)
    {
        foreach (SettingsBlock block in (SettingsBlock[])
            [
                new SmbiosBlock(hardware), new PciBlock(hardware), new UsbBlock(hardware), new AcpiBlock(hardware),
                new CpuidBlock(hardware), new EfiBlock(hardware), new MemoryMapBlock(hardware),
            ])
            settings.Register(block, settings.Root);
    }
}
