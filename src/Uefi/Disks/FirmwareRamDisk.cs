using System;
using System.Buffers;
using Bootlace.San;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A disk in memory as a RAM disk of the firmware's, which tells the operating system of it by an ACPI table
/// (UEFI 2.10, 13.17).</summary>
internal sealed unsafe class FirmwareRamDisk : ShownDisk
{
    private readonly DiskHost _host;
    private readonly RamDisk* _protocol;
    private readonly MemoryHandle _memory;
    private readonly byte[] _path;
    private DevicePathProtocol* _registered;

    private FirmwareRamDisk(DiskHost host, RamDisk* protocol, MemoryHandle memory, DevicePathProtocol* registered)
    {
        _host = host;
        _protocol = protocol;
        _memory = memory;
        _registered = registered;
        _path = DevicePaths.Copy(registered);
    }

    public override ReadOnlySpan<byte> DevicePath => _path;
    public override bool NeedsNetwork => false;
    public override BootFailure? LastFailure => null;

    /// <summary>Registers it below a parent's path; null: the firmware has no RAM disks, or refuses this one.</summary>
    public static FirmwareRamDisk? TryRegister(DiskHost host, Services services, MemoryDisk disk, byte[] parent)
    {
        var protocol = (RamDisk*)services.TryLocateProtocol(Guids.RamDisk);
        if (protocol == null) return null;
        MemoryHandle memory = disk.Content.Pin();
        EfiGuid type = disk.IsCd ? Guids.VirtualCd : Guids.VirtualDisk;
        DevicePathProtocol* registered = null;
        Status status;
        using (services.Door.Open())
        fixed (byte* path = parent)
        {
            status = protocol->Register(
                (ulong)memory.Pointer, (ulong)disk.Content.Length, &type, (DevicePathProtocol*)path, &registered);
        }
        if (!status.IsError && registered != null) return new FirmwareRamDisk(host, protocol, memory, registered);
        memory.Dispose();
        return null;
    }

    public override void Detach()
    {
        if (_registered == null) return;
        _protocol->Unregister(_registered);
        _registered = null;
        _memory.Dispose();
        _host.Forget(this);
    }
}
