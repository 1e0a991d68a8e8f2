using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The initrd on the vendor path Linux looks for, served by LoadFile2 (facts/firmware.md 4). One at a time:
/// the path is unique in the machine.</summary>
internal sealed unsafe class InitrdFile
{
    private static InitrdFile? s_installed;

    private readonly Services _services;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _pieces;
    private readonly nuint _countBytes;
    private readonly byte* _pages;       // LoadFile2, then the device path
    private nint _handle;
    private void* _replaced;             // an earlier loader's interface, put back when we leave

    private InitrdFile(Services services, IReadOnlyList<ReadOnlyMemory<byte>> pieces, nuint countBytes)
    {
        _services = services;
        _pieces = pieces;
        _countBytes = countBytes;
        byte[] path = VendorPath();
        _pages = services.AllocatePages((nuint)(sizeof(LoadFile2) + path.Length));
        ((LoadFile2*)_pages)->LoadFile = &OnLoadFile;
        path.CopyTo(new Span<byte>(_pages + sizeof(LoadFile2), path.Length));
    }

    private LoadFile2* Interface => (LoadFile2*)_pages;
    private DevicePathProtocol* Path => (DevicePathProtocol*)(_pages + sizeof(LoadFile2));

    /// <summary>Installs it; null when there are no pieces, since an empty initrd makes kernels fail.</summary>
    public static InitrdFile? Install(Services services, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        nuint countBytes = 0;
        for (int i = 0; i < pieces.Count; i++) countBytes += (nuint)pieces[i].Length;
        if (countBytes == 0) return null;
        var file = new InitrdFile(services, pieces, countBytes);
        s_installed = file;
        try
        {
            file.Install();
        }
        catch (BootFailure)
        {
            s_installed = null;
            services.FreePages(file._pages, 1);
            throw;
        }
        return file;
    }

    public void Uninstall()
    {
        EfiGuid loadFile = Guids.LoadFile2, devicePath = Guids.DevicePath;
        if (_replaced != null)
            _services.Boot->ReinstallProtocolInterface(_handle, &loadFile, Interface, _replaced);
        else
            _services.Boot->UninstallMultipleProtocolInterfaces(
                _handle, &devicePath, Path, &loadFile, Interface, null, null, null);
        s_installed = null;
        _services.FreePages(_pages, 1);
    }

    private void Install()
    {
        EfiGuid loadFile = Guids.LoadFile2, devicePath = Guids.DevicePath;
        nint owner = FindOwner();
        if (owner != 0)
        {
            _handle = owner;
            _replaced = _services.TryGetProtocol(owner, loadFile);
            Status.ThrowUnless(
                _services.Boot->ReinstallProtocolInterface(owner, &loadFile, _replaced, Interface),
                "taking over the initrd's path");
            return;
        }
        nint handle = 0;
        Status.ThrowUnless(
            _services.Boot->InstallMultipleProtocolInterfaces(
                &handle, &devicePath, Path, &loadFile, Interface, null, null, null),
            "installing the initrd");
        _handle = handle;
    }

    /// <summary>The handle of an earlier loader that already serves this path; 0 when there is none.</summary>
    private nint FindOwner()
    {
        EfiGuid loadFile = Guids.LoadFile2;
        DevicePathProtocol* rest = Path;
        nint handle = 0;
        Status status = _services.Boot->LocateDevicePath(&loadFile, &rest, &handle);
        bool isWhole = !status.IsError && rest->Type == 0x7f;
        return isWhole ? handle : 0;
    }

    private static byte[] VendorPath()
    {
        EfiGuid vendor = Guids.LinuxInitrdMedia;
        return new DevicePathWriter().MediaVendor(new ReadOnlySpan<byte>(&vendor, sizeof(EfiGuid))).End();
    }

    [UnmanagedCallersOnly]
    private static nuint OnLoadFile(
        LoadFile2* file, DevicePathProtocol* path, byte bootPolicy, nuint* sizeBytes, void* buffer)
    {
        try
        {
            if (s_installed is not { } initrd || file != initrd.Interface) return Status.NotFound.Value;
            if (path == null || sizeBytes == null) return Status.InvalidParameter.Value;
            if (bootPolicy != 0) return Status.Unsupported.Value;   // UEFI 2.10, 13.2.2
            bool tooSmall = buffer == null || *sizeBytes < initrd._countBytes;
            *sizeBytes = initrd._countBytes;
            if (tooSmall) return Status.BufferTooSmall.Value;
            initrd.CopyTo((byte*)buffer);
            return Status.Success.Value;
        }
        catch (Exception)
        {
            return Status.Aborted.Value;   // exceptions must not cross firmware frames
        }
    }

    private void CopyTo(byte* target)
    {
        for (int i = 0; i < _pieces.Count; i++)
        {
            ReadOnlySpan<byte> piece = _pieces[i].Span;
            piece.CopyTo(new Span<byte>(target, piece.Length));
            target += piece.Length;
        }
    }
}
