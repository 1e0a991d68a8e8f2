using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_RNG_PROTOCOL (UEFI 2.10, 37.5).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Rng
{
    public void* GetInfo;
    public delegate* unmanaged<Rng*, EfiGuid*, nuint, byte*, nuint> GetRng;
}
