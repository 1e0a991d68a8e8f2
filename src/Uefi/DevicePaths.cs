using System;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Device paths in the firmware's memory, copied out before anyone walks them.</summary>
internal static unsafe class DevicePaths
{
    private const int BytesMax = 16 * 1024;
    private const byte EndType = 0x7f, EndOfPath = 0xff;

    /// <summary>The path of a handle, its end node included; empty when it has none or a damaged one.</summary>
    public static byte[] Of(Services services, nint handle) =>
        Copy((DevicePathProtocol*)services.TryGetProtocol(handle, Guids.DevicePath));

    /// <summary>A path, its end node included; empty when it is null or damaged: a node shorter than its own header
    /// would make the walk endless, and no real path is longer than some hundred bytes.</summary>
    public static byte[] Copy(DevicePathProtocol* path)
    {
        if (path == null) return [];
        byte* node = (byte*)path;
        int countBytes = 0;
        for (int count = 0; count < DevicePath.NodesMax; count++)
        {
            var head = (DevicePathProtocol*)(node + countBytes);
            int nodeBytes = head->LengthLow | head->LengthHigh << 8;
            if (nodeBytes < sizeof(DevicePathProtocol) || nodeBytes > BytesMax - countBytes) return [];
            countBytes += nodeBytes;
            if (head->Type == EndType && head->SubType == EndOfPath)
                return new ReadOnlySpan<byte>(node, countBytes).ToArray();
        }
        return [];
    }
}
