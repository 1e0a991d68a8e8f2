using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_PCI_IO_PROTOCOL, as far as its access to the configuration space (UEFI 2.10, 14.4).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PciIo
{
    public const uint WidthUint16 = 1;

    public void* PollMem;
    public void* PollIo;
    public void* MemRead;
    public void* MemWrite;
    public void* IoRead;
    public void* IoWrite;
    public delegate* unmanaged<PciIo*, uint, uint, nuint, void*, nuint> PciRead;
    public void* PciWrite;
}
