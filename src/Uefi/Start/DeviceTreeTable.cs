using System;
using System.Text;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A device tree in place of the firmware's own, until it is uninstalled (UEFI 2.10, 4.6.1). Where the
/// firmware offers to, it puts into it what only it knows; then the program's arguments are written into it.</summary>
internal sealed unsafe class DeviceTreeTable
{
    private const nuint FixupRoomBytes = 64 << 10;

    private readonly Services _services;
    private readonly nuint _roomBytes;
    private readonly byte* _pages;
    private void* _replaced;

    private DeviceTreeTable(Services services, ReadOnlySpan<byte> tree, int argumentsBytes)
    {
        _services = services;
        _roomBytes = (nuint)tree.Length + FixupRoomBytes + (nuint)BootArguments.GrowthMax(argumentsBytes);
        // Memory that the operating system leaves alone until it has read its tables.
        _pages = services.AllocatePages(_roomBytes, MemoryType.AcpiReclaim);
        tree.CopyTo(new Span<byte>(_pages, tree.Length));
    }

    /// <summary>Installs it; null where there is none.</summary>
    public static DeviceTreeTable? Install(Services services, ReadOnlySpan<byte> tree, string arguments)
    {
        if (tree.Length == 0) return null;
        byte[] bytes = Encoding.UTF8.GetBytes(arguments);
        var table = new DeviceTreeTable(services, tree, bytes.Length);
        try
        {
            table.Fix();
            if (bytes.Length > 0) table.Write(bytes);
            table._replaced = services.FindTable(Guids.DeviceTree);
            Status.ThrowUnless(table.Register(table._pages), "installing the device tree");
        }
        catch (BootFailure)
        {
            services.FreePages(table._pages, table._roomBytes);
            throw;
        }
        return table;
    }

    /// <summary>Puts the firmware's own back. A firmware that will not have it keeps ours, and its memory.</summary>
    public void Uninstall()
    {
        if (!Register(_replaced).IsError) _services.FreePages(_pages, _roomBytes);
    }

    private void Fix()
    {
        var fixup = (DeviceTreeFixup*)_services.TryLocateProtocol(Guids.DeviceTreeFixup);
        if (fixup == null) return;
        nuint roomBytes = _roomBytes;
        Status.ThrowUnless(
            fixup->Fixup(fixup, _pages, &roomBytes, DeviceTreeFixup.ApplyFixups | DeviceTreeFixup.ReserveMemory),
            "completing the device tree");
    }

    /// <summary>After the firmware, since U-Boot writes its own variable's arguments there, which were for us. (Linux's
    /// EFI stub replaces both by its load options; this is for whoever has no stub.) A tree that the firmware has
    /// spoilt, or filled to the brim, stays as it is.</summary>
    private void Write(ReadOnlySpan<byte> arguments)
    {
        byte[] written = new byte[(int)_roomBytes];
        var tree = new Span<byte>(_pages, (int)_roomBytes);
        if (BootArguments.TrySet(tree, arguments, written, out int countBytes, out _))
            written.AsSpan(0, countBytes).CopyTo(tree);
    }

    /// <summary>Null deletes the table.</summary>
    private Status Register(void* tree)
    {
        EfiGuid kind = Guids.DeviceTree;
        return _services.Boot->InstallConfigurationTable(&kind, tree);
    }
}
