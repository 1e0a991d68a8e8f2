using System;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The boot services as the rest of this layer calls them: spans and handles in, results or failures
/// out.</summary>
internal sealed unsafe class Services
{
    private const int PageBytes = 4096;
    private const int VendorCharsMax = 64;
    private const int HandlesMax = 4096;

    private readonly BootServices* _boot;

    public Services(nint imageHandle, SystemTable* table)
    {
        if (table == null || table->Header.Signature != SystemTable.ExpectedSignature || table->BootServices == null)
            throw new BootFailure(FirmwareFailure.BadTables);
        ImageHandle = imageHandle;
        Table = table;
        _boot = table->BootServices;
        Vendor = Text.Read(table->FirmwareVendor, VendorCharsMax);
        IsUBoot = Vendor.StartsWith("Das U-Boot", StringComparison.Ordinal);
    }

    /// <summary>Whether callbacks of the firmware's may use the heap and the Pump now.</summary>
    public CallbackDoor Door { get; } = new();

    public nint ImageHandle { get; }
    public SystemTable* Table { get; }
    public BootServices* Boot => _boot;
    public string Vendor { get; }

    /// <summary>Cooperative firmware: nothing happens but inside our calls, and the CPU may never be halted
    /// (facts/firmware.md 0.2 and 6).</summary>
    public bool IsUBoot { get; }

    /// <summary>The task priority level we run at now.</summary>
    public nuint CurrentTpl
    {
        get
        {
            nuint level = _boot->RaiseTpl(Tpl.High);
            _boot->RestoreTpl(level);
            return level;
        }
    }

    /// <summary>Whole pages outside the collected heap, not zeroed; null when there is no such block.</summary>
    public byte* TryAllocatePages(nuint countBytes, uint type = MemoryType.LoaderData)
    {
        ulong address = 0;
        nuint pages = PagesFor(countBytes);
        Status status = _boot->AllocatePages(MemoryType.AllocateAnyPages, type, pages, &address);
        return status.IsError ? null : (byte*)address;
    }

    /// <summary>Likewise; a failure when there is none.</summary>
    public byte* AllocatePages(nuint countBytes, uint type = MemoryType.LoaderData)
    {
        byte* pages = TryAllocatePages(countBytes, type);
        if (pages == null)
            throw new BootFailure(FirmwareFailure.NoMemory, $"the firmware has no block of {(ulong)countBytes} bytes");
        return pages;
    }

    public void FreePages(byte* pages, nuint countBytes) => _boot->FreePages((ulong)pages, PagesFor(countBytes));

    /// <summary>The interface of a protocol on a handle, without opening it for anyone; null when there is
    /// none.</summary>
    public void* TryGetProtocol(nint handle, EfiGuid protocol)
    {
        void* found = null;
        if (handle == 0) return null;
        Status status = _boot->OpenProtocol(
            handle, &protocol, &found, ImageHandle, 0, OpenProtocolAttribute.GetProtocol);
        return status.IsError ? null : found;
    }

    /// <summary>The first interface of a protocol anywhere; null when there is none.</summary>
    public void* TryLocateProtocol(EfiGuid protocol)
    {
        void* found = null;
        Status status = _boot->LocateProtocol(&protocol, null, &found);
        return status.IsError ? null : found;
    }

    /// <summary>A table the firmware keeps for operating systems; null: it has none of that kind.</summary>
    public void* FindTable(EfiGuid kind)
    {
        for (nuint i = 0; i < Table->NumberOfTableEntries; i++)
        {
            ConfigurationTable* row = Table->ConfigurationTable + i;
            if (row->VendorGuid == kind) return row->VendorTable;
        }
        return null;
    }

    /// <summary>All handles that carry a protocol, in the firmware's order.</summary>
    public nint[] HandlesWith(EfiGuid protocol) => Handles(LocateSearch.ByProtocol, &protocol);

    /// <summary>Every handle there is.</summary>
    public nint[] AllHandles() => Handles(LocateSearch.AllHandles, null);

    /// <summary>Lets the firmware's drivers bind to every handle, as it would have done itself on a slow
    /// boot.</summary>
    public void ConnectAll()
    {
        foreach (nint handle in AllHandles()) Connect(handle);
    }

    /// <summary>Lets the firmware's drivers bind to a handle and what they put on top; "no driver" is no
    /// failure.</summary>
    public void Connect(nint handle)
    {
        using (Door.Open()) _boot->ConnectController(handle, null, null, 1);
    }

    /// <summary>Busy-waits; timer callbacks run meanwhile.</summary>
    public void Stall(long microseconds) => _boot->Stall((nuint)microseconds);

    /// <summary>An event without a callback, to be waited for; 0 when the firmware refuses.</summary>
    public nint CreateTimer()
    {
        nint created = 0;
        Status status = _boot->CreateEvent(EventType.Timer, 0, null, null, &created);
        return status.IsError ? 0 : created;
    }

    /// <summary>An event whose callback runs at TPL_CALLBACK; 0 when the firmware refuses.</summary>
    public nint CreateCallback(uint type, delegate* unmanaged<nint, void*, void> callback, nint context)
    {
        nint created = 0;
        Status status = _boot->CreateEvent(type, Tpl.Callback, callback, (void*)context, &created);
        return status.IsError ? 0 : created;
    }

    /// <summary>An event that is signalled with its group, whose identifier must be part of the image; 0 when the
    /// firmware has no room for it. Whether anybody signals the group is the firmware's affair.</summary>
    public nint CreateGroupCallback(ReadOnlySpan<byte> group, delegate* unmanaged<nint, void*, void> callback)
    {
        nint created = 0;
        Status status;
        fixed (byte* name = group)
        {
            status = _boot->CreateEventEx(
                EventType.NotifySignal, Tpl.Callback, callback, null, (EfiGuid*)name, &created);
        }
        return status.IsError ? 0 : created;
    }

    public void CloseEvent(nint created) => _boot->CloseEvent(created);

    private static nuint PagesFor(nuint countBytes) => countBytes / PageBytes + (countBytes % PageBytes == 0 ? 0u : 1u);

    private nint[] Handles(uint search, EfiGuid* protocol)
    {
        nuint count = 0;
        nint* buffer = null;
        Status status = _boot->LocateHandleBuffer(search, protocol, null, &count, &buffer);
        if (status.IsError || buffer == null) return [];
        var handles = new nint[(int)Math.Min((ulong)count, HandlesMax)];
        for (int i = 0; i < handles.Length; i++) handles[i] = buffer[i];
        _boot->FreePool(buffer);
        return handles;
    }
}
