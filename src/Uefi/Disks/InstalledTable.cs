using System;
using Bootlace.San;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>An ACPI table of ours among the firmware's, which has its own copy, until it is disposed.</summary>
internal sealed unsafe class InstalledTable : IDisposable
{
    private readonly AcpiTable* _tables;
    private nuint _key;
    private bool _isInstalled;

    private InstalledTable(AcpiTable* tables) => _tables = tables;

    /// <summary>Adds a table, its checksum included.</summary>
    public static InstalledTable Install(Services services, ReadOnlySpan<byte> table)
    {
        var tables = (AcpiTable*)services.TryLocateProtocol(Guids.AcpiTable);
        if (tables == null) throw new BootFailure(SanFailure.NoAcpi);
        var installed = new InstalledTable(tables);
        nuint key = 0;
        Status status;
        fixed (byte* bytes = table) status = tables->InstallAcpiTable(tables, bytes, (nuint)table.Length, &key);
        if (status.IsError)
            throw new BootFailure(SanFailure.NoAcpi, $"the firmware refused the ACPI table: {status}");
        installed._key = key;
        installed._isInstalled = true;
        return installed;
    }

    public void Dispose()
    {
        if (_isInstalled) _tables->UninstallAcpiTable(_tables, _key);
        _isInstalled = false;
    }
}
