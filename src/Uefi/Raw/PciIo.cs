using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_PCI_IO_PROTOCOL, as far as the function's place (UEFI 2.10, 14.4).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PciIo
{
    public const uint WidthUint8 = 0, WidthUint16 = 1;

    public void* PollMem;
    public void* PollIo;
    public void* MemRead;
    public void* MemWrite;
    public void* IoRead;
    public void* IoWrite;
    public delegate* unmanaged<PciIo*, uint, uint, nuint, void*, nuint> PciRead;
    public void* PciWrite;
    public void* CopyMem;
    public void* Map;
    public void* Unmap;
    public void* AllocateBuffer;
    public void* FreeBuffer;
    public void* Flush;
    public delegate* unmanaged<PciIo*, nuint*, nuint*, nuint*, nuint*, nuint> GetLocation;
}
