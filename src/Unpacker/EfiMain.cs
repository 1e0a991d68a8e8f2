using System.Runtime.InteropServices;
using Bootlace.Uefi;

namespace Bootlace.Unpacker;

/// <summary>Where the firmware enters the packed image, by way of runtime/.</summary>
internal static class EfiMain
{
    [UnmanagedCallersOnly(EntryPoint = "BootlaceMain")]
    private static nuint Main(nint imageHandle, nint systemTable) => PackedLoader.Run(imageHandle, systemTable);
}
