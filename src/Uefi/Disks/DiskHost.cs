using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Our disks among the firmware's.</summary>
internal sealed unsafe class DiskHost : IDiskHost
{
    private const ulong ServingPeriodMs = 50;

    private readonly Services _services;
    private readonly UefiFirmware _firmware;
    private readonly DiskRequests _requests;
    private readonly List<ShownDisk> _shown = [];
    private readonly List<DiskFace> _remains = [];   // without a disk, but the firmware does not let go of them

    public DiskHost(Services services, UefiFirmware firmware, Pump pump)
    {
        _services = services;
        _firmware = firmware;
        _requests = new DiskRequests(services, firmware.Clock, pump);
    }

    public bool KeepsDetachedDisks => _services.IsUBoot;

    public bool HasRamDisks => _services.TryLocateProtocol(Guids.RamDisk) != null;

    public bool HasAcpi => _services.TryLocateProtocol(Guids.AcpiTable) != null;

    /// <summary>A disk is shown that is read over the network.</summary>
    public bool NeedsNetwork
    {
        get
        {
            foreach (ShownDisk disk in _shown)
            {
                if (disk.NeedsNetwork) return true;
            }
            return false;
        }
    }

    /// <summary>Keeps the network going while a program runs that does not read; to be stopped when it is back.
    /// </summary>
    public PeriodicTimer? StartServing() => PeriodicTimer.Start(_services, ServingPeriodMs, _requests.Serve);

    public IAttachedDisk Attach(IBlockDevice disk, in DiskPlace place)
    {
        byte[] path = _firmware.DevicePathFor(place);
        if (disk is MemoryDisk memory && FirmwareRamDisk.TryRegister(this, _services, memory, path) is { } ramDisk)
        {
            _shown.Add(ramDisk);
            ConnectAt(ramDisk.DevicePath);
            return ramDisk;
        }
        DiskFace face = Revive(path, disk)
            ?? DiskFace.Install(_services, _requests, text => _firmware.Console.Write(text), path, disk);
        var attached = new AttachedDisk(this, face, place.Card is not null);
        _shown.Add(attached);
        _services.Connect(face.Handle);
        return attached;
    }

    public IDisposable InstallTable(ReadOnlySpan<byte> table) => InstalledTable.Install(_services, table);

    public ulong StartFromDisk(in DiskStart start)
    {
        DiskProgram program = new DiskSearch(_services, DefaultFileName).Find(start);
        return _firmware.Run(program.Load(_services, _firmware.PeMachine));
    }

    /// <summary>Takes a disk back from the firmware. U-Boot says it has let go of it but has not: its partitions and
    /// block devices still point at us (facts/firmware.md 3), so there everything stays but the disk.</summary>
    public void Withdraw(AttachedDisk disk, DiskFace face)
    {
        _shown.Remove(disk);
        if (KeepsDetachedDisks) face.Eject();
        else if (face.TryUninstall()) return;
        _remains.Add(face);
    }

    /// <summary>A RAM disk of the firmware's has gone.</summary>
    public void Forget(FirmwareRamDisk disk) => _shown.Remove(disk);

    /// <summary>Takes away everything. False: the firmware still refers to us and may not get control back.</summary>
    public bool Close()
    {
        for (int i = _shown.Count - 1; i >= 0; i--) _shown[i].Detach();
        _requests.Close();
        return _remains.Count == 0;
    }

    private string DefaultFileName =>
        _firmware.PeMachine == PeImage.Arm64 ? "\\EFI\\BOOT\\BOOTAA64.EFI" : "\\EFI\\BOOT\\BOOTX64.EFI";

    private void ConnectAt(ReadOnlySpan<byte> devicePath)
    {
        EfiGuid blockIo = Guids.BlockIo;
        nint handle = 0;
        Status status;
        fixed (byte* path = devicePath)
        {
            var rest = (DevicePathProtocol*)path;
            status = _services.Boot->LocateDevicePath(&blockIo, &rest, &handle);
        }
        if (!status.IsError) _services.Connect(handle);
    }

    /// <summary>Puts the disk behind what is left of an earlier one at the same place: a second handle with that path
    /// would be refused, and the firmware's partitions point at the first.</summary>
    private DiskFace? Revive(byte[] path, IBlockDevice disk)
    {
        foreach (DiskFace face in _remains)
        {
            if (!face.Path.SequenceEqual(path) || !face.Fits(disk)) continue;
            _remains.Remove(face);
            face.Insert(disk);
            return face;
        }
        return null;
    }
}
