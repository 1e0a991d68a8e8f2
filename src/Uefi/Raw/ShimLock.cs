using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>What shim offers to boot loaders, by the calling convention of its compiler: System V on x64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ShimLock
{
    /// <summary>(buffer, length): status.</summary>
    public void* Verify;
    public void* Hash;
    public void* Context;
}
