using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The machine's buses and CPU, for commands.</summary>
public sealed class Buses(IHardware hardware) : IBuses
{
    /// <inheritdoc/>
    public uint? FindPci(uint first)
    {
        foreach (uint address in hardware.FindPciFunctions())
        {
            if (address >= first) return address;
        }
        return null;
    }

    /// <inheritdoc/>
    public uint? FindUsb(uint first)
    {
        foreach (UsbDevice device in hardware.FindUsbDevices())
        {
            if (device.Address >= first) return device.Address;
        }
        return null;
    }

    /// <inheritdoc/>
    public bool HasCpuid => hardware.TryIdentifyCpu(0, 0, out _);

    /// <inheritdoc/>
    public uint ReadCpuFeatures(bool isExtended, bool isSecond)
    {
        uint range = isExtended ? 0x8000_0000 : 0;
        if (!hardware.TryIdentifyCpu(range, 0, out CpuidRegisters last) || last.Eax < range + 1) return 0;
        hardware.TryIdentifyCpu(range + 1, 0, out CpuidRegisters features);
        return isSecond ? features.Ecx : features.Edx;
    }
}
