using System;
using System.Runtime.InteropServices;

namespace Bootlace.DiskBench;

/// <summary>Reads and writes the disk that it was started from, through the firmware's BlockIo, and says when each
/// series begins and ends: whoever reads the serial line holds the watch. It runs under any loader.</summary>
internal static unsafe class FirmwareEntry
{
    private const int Mebi = 1 << 20;
    private const int BufferPages = Mebi / 4096;
    private const long FirstByte = 64L * Mebi;      // behind the partition that this program lies on
    private const long SteadyBytes = 256L * Mebi;   // read four times over
    private static nuint Aborted => unchecked((nuint)0x8000_0000_0000_0015);

    private static readonly (bool IsWrite, int Bytes, long Total)[] s_series =
    [
        (false, 4 << 10, 32L * Mebi), (false, 64 << 10, 128L * Mebi), (false, Mebi, 128L * Mebi),
        (true, 4 << 10, 2L * Mebi), (true, 64 << 10, 8L * Mebi), (true, Mebi, 16L * Mebi),
    ];

    [UnmanagedCallersOnly(EntryPoint = "BootlaceMain")]
    private static nuint Main(nint imageHandle, nint systemTable)
    {
        Firmware firmware = new((byte*)systemTable);
        if (!firmware.TryFindDisk(FirstByte + 2 * SteadyBytes, out Disk disk))
            return Fail(firmware, "there is no disk that is large enough");
        byte* buffer = firmware.AllocatePages(BufferPages);
        long place = FirstByte;
        foreach ((bool isWrite, int bytes, long total) in s_series)
        {
            for (int i = 0; i < bytes; i++) buffer[i] = (byte)(i * 7 + (i >> 8));
            string name = $"{(isWrite ? "write" : "read")} {bytes} {total}";
            firmware.Print($"BENCH begins {name}");
            nuint status = Run(disk, isWrite, place, bytes, total, buffer);
            if (status != 0) return Fail(firmware, $"{name}: {(ulong)status:x}");
            firmware.Print($"BENCH ends {name}");
            if (isWrite && !IsThere(disk, place + total - bytes, bytes, buffer))
                return Fail(firmware, $"{name}: what was written is not what is there");
            place += total;
        }

        firmware.Print("BENCH done");
        for (int round = 0; round < 4; round++)
            if (Run(disk, false, FirstByte + SteadyBytes, Mebi, SteadyBytes, buffer) != 0)
                return Fail(firmware, "the long read");
        firmware.Print("BENCH read another 1 GiB");
        return 0;
    }

    private static nuint Run(Disk disk, bool isWrite, long place, int bytes, long total, byte* buffer)
    {
        for (long done = 0; done < total; done += bytes)
        {
            nuint status = isWrite ? disk.Write(place + done, bytes, buffer) : disk.Read(place + done, bytes, buffer);
            if (status != 0) return status;
        }

        return 0;
    }

    private static bool IsThere(Disk disk, long place, int bytes, byte* buffer)
    {
        new Span<byte>(buffer, bytes).Clear();
        if (disk.Read(place, bytes, buffer) != 0) return false;
        for (int i = 0; i < bytes; i++)
            if (buffer[i] != (byte)(i * 7 + (i >> 8))) return false;
        return true;
    }

    private static nuint Fail(Firmware firmware, string why)
    {
        firmware.Print($"BENCH failed: {why}");
        return Aborted;
    }
}
