using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>The firmware's memory map (UEFI 2.10, 7.2).</summary>
internal static unsafe class MemoryMap
{
    private const int PageBytes = 4096, SlackBytes = 4 * PageBytes;

    /// <summary>All of it, in the firmware's order.</summary>
    public static List<MemoryDescriptor> Read(Services services)
    {
        nuint mapBytes = 0, key = 0, stride = 0;
        uint version = 0;
        var blocks = new List<MemoryDescriptor>();
        services.Boot->GetMemoryMap(&mapBytes, null, &key, &stride, &version);
        nuint roomBytes = mapBytes + SlackBytes;   // the allocation itself may split a block
        byte* map = services.AllocatePages(roomBytes);
        mapBytes = roomBytes;
        Status status = services.Boot->GetMemoryMap(&mapBytes, map, &key, &stride, &version);
        // newer descriptors are longer, never shorter
        if (!status.IsError && stride >= (nuint)sizeof(MemoryDescriptor))
        {
            for (nuint offset = 0; mapBytes - offset >= stride; offset += stride)
                blocks.Add(*(MemoryDescriptor*)(map + offset));
        }
        services.FreePages(map, roomBytes);
        return blocks;
    }

    /// <summary>Bytes of free memory in the largest block.</summary>
    public static ulong FindLargest(Services services)
    {
        ulong largestPages = 0;
        foreach (MemoryDescriptor block in Read(services))
        {
            if (block.Type == MemoryType.Conventional && block.NumberOfPages > largestPages)
                largestPages = block.NumberOfPages;
        }
        return largestPages * PageBytes;
    }

    /// <summary>What an operating system will have, neighbours joined: all but what the firmware, ACPI and devices
    /// keep.</summary>
    public static List<MemoryRegion> FindUsable(Services services) => Join(services, type =>
        type is MemoryType.Conventional or >= MemoryType.LoaderCode and <= MemoryType.BootServicesData);

    /// <summary>Whether a stretch is memory, all of it, whoever it belongs to; what is reserved may be a
    /// device.</summary>
    public static bool Holds(Services services, ulong address, ulong lengthBytes)
    {
        List<MemoryRegion> regions = Join(services, type => type is >= MemoryType.LoaderCode
            and <= MemoryType.Conventional or MemoryType.AcpiReclaim or MemoryType.AcpiNvs);
        foreach (MemoryRegion region in regions)
        {
            if (address < region.Start || address - region.Start > region.LengthBytes) continue;
            if (lengthBytes <= region.LengthBytes - (address - region.Start)) return true;
        }
        return false;
    }

    private static List<MemoryRegion> Join(Services services, Func<uint, bool> isWanted)
    {
        var blocks = new List<MemoryRegion>();
        foreach (MemoryDescriptor block in Read(services))
        {
            if (!isWanted(block.Type) || block.NumberOfPages == 0) continue;
            blocks.Add(new MemoryRegion(block.PhysicalStart, block.NumberOfPages * PageBytes));
        }
        blocks.Sort((a, b) => a.Start.CompareTo(b.Start));
        var regions = new List<MemoryRegion>();
        foreach (MemoryRegion block in blocks)
        {
            int last = regions.Count - 1;
            if (last >= 0 && regions[last].Start + regions[last].LengthBytes == block.Start)
                regions[last] = regions[last] with { LengthBytes = regions[last].LengthBytes + block.LengthBytes };
            else
                regions.Add(block);
        }
        return regions;
    }
}
