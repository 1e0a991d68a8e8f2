using System;

namespace Bootlace.DiskBench;

/// <summary>The few services that the program needs (UEFI 2.10, 4.3, 4.4 and 12.4).</summary>
internal readonly unsafe struct Firmware
{
    private const int ConsoleOutOffset = 64, BootServicesOffset = 96, OutputStringOffset = 8;
    private const int AllocatePagesOffset = 40, HandleProtocolOffset = 152, LocateHandleBufferOffset = 312;
    private const int AnyPages = 0, LoaderData = 2, ByProtocol = 2;
    private const int LineCharsMax = 200;

    // EFI_BLOCK_IO_PROTOCOL_GUID: 964e5b21-6459-11d2-8e39-00a0c969723b.
    private const ulong BlockIoLow = 0x11d2_6459_964e_5b21, BlockIoHigh = 0x3b72_69c9_a000_398e;

    private readonly byte* _table;

    public Firmware(byte* systemTable) => _table = systemTable;

    private byte* BootServices => *(byte**)(_table + BootServicesOffset);

    public bool TryFindDisk(long bytesMin, out Disk disk)
    {
        ulong* guid = stackalloc ulong[2] { BlockIoLow, BlockIoHigh };
        nuint count = 0;
        nint* handles = null;
        var locate = *(delegate* unmanaged<int, ulong*, nint, nuint*, nint**, nuint>*)
            (BootServices + LocateHandleBufferOffset);
        var open = *(delegate* unmanaged<nint, ulong*, byte**, nuint>*)(BootServices + HandleProtocolOffset);
        disk = default;
        if (locate(ByProtocol, guid, 0, &count, &handles) != 0) return false;
        for (nuint i = 0; i < count; i++)
        {
            byte* protocol;
            if (open(handles[i], guid, &protocol) != 0) continue;
            disk = new Disk(protocol);
            if (disk.IsWholeAndWritable && disk.Bytes >= bytesMin) return true;
        }

        return false;
    }

    public byte* AllocatePages(int count)
    {
        ulong address;
        var allocate = *(delegate* unmanaged<int, int, nuint, ulong*, nuint>*)(BootServices + AllocatePagesOffset);
        return allocate(AnyPages, LoaderData, (nuint)count, &address) == 0
            ? (byte*)address : throw new OutOfMemoryException();
    }

    public void Print(string line)
    {
        byte* console = *(byte**)(_table + ConsoleOutOffset);
        var output = *(delegate* unmanaged<byte*, char*, nuint>*)(console + OutputStringOffset);
        char* text = stackalloc char[LineCharsMax + 3];
        int length = Math.Min(line.Length, LineCharsMax);
        for (int i = 0; i < length; i++) text[i] = line[i];
        text[length++] = '\r';
        text[length++] = '\n';
        text[length] = '\0';
        output(console, text);
    }
}
