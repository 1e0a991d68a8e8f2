using System;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Loads an image from memory and starts it on a device of its own, which shows it the files and the initrd.
/// What is installed is uninstalled in reverse, whether the image comes back or was never started.</summary>
internal sealed unsafe class ImageStarter(Services services, ICpu cpu, byte[] basePath)
{
    private const int UriCharsMax = 4096;

    private nint _device;
    private byte* _devicePath;
    private nuint _devicePathBytes;
    private VirtualVolume? _volume;
    private InitrdFile? _initrd;
    private DeviceTreeTable? _deviceTree;
    private ShimHooks? _shimHooks;
    private char* _loadOptions;
    private nuint _loadOptionsBytes;

    /// <summary>Whether the firmware would not load it because it does not trust it.</summary>
    public bool IsUntrusted(ReadOnlySpan<byte> image, string name, string uri)
    {
        Status status = ImageLoading.TryLoad(services, PathOf(name, uri), image, out nint loaded);
        if (!status.IsError) services.Boot->UnloadImage(loaded);
        return ImageLoading.MeansUntrusted(status);
    }

    /// <summary>Loads the image; nothing of ours stays installed when it is refused.</summary>
    public nint Load(in ImageStart start)
    {
        try
        {
            InstallDevice(start);
            _initrd = InitrdFile.Install(services, start.Initrd);
            _deviceTree = DeviceTreeTable.Install(services, start.DeviceTree.Span, start.Arguments);
            nint image = LoadImage(start);
            SetLoadOptions(image, start.CommandLine);
            if (start.Shim is { } shim) _shimHooks = ShimHooks.Install(services, cpu, shim);
            return image;
        }
        catch (BootFailure)
        {
            Uninstall();
            throw;
        }
    }

    /// <summary>Takes everything away again.</summary>
    public void Uninstall()
    {
        _shimHooks?.Uninstall();
        _shimHooks = null;
        if (_loadOptions != null) services.FreePages((byte*)_loadOptions, _loadOptionsBytes);
        _loadOptions = null;
        _deviceTree?.Uninstall();
        _deviceTree = null;
        _initrd?.Uninstall();
        _initrd = null;
        if (_device != 0) UninstallDevice();
        _device = 0;
        _volume?.Close();
        _volume = null;
        if (_devicePath != null) services.FreePages(_devicePath, _devicePathBytes);
        _devicePath = null;
    }

    private void InstallDevice(in ImageStart start)
    {
        byte[] path = DevicePathFor(start.Uri);
        _devicePathBytes = (nuint)path.Length;
        _devicePath = services.AllocatePages(_devicePathBytes);
        path.CopyTo(new Span<byte>(_devicePath, path.Length));
        _volume = new VirtualVolume(services, start.Files);
        EfiGuid devicePath = Guids.DevicePath, fileSystem = Guids.SimpleFileSystem;
        nint handle = 0;
        Status.ThrowUnless(
            services.Boot->InstallMultipleProtocolInterfaces(
                &handle, &devicePath, _devicePath, &fileSystem, _volume.Interface, null, null, null),
            "installing the image's device");
        _device = handle;
    }

    private void UninstallDevice()
    {
        EfiGuid devicePath = Guids.DevicePath, fileSystem = Guids.SimpleFileSystem;
        services.Boot->UninstallMultipleProtocolInterfaces(
            _device, &fileSystem, _volume!.Interface, &devicePath, _devicePath, null, null, null);
    }

    private nint LoadImage(in ImageStart start)
    {
        byte[] path = PathOf(start.Name, start.Uri);
        return start.Shim is { } shim
            ? ImageLoading.Load(services, path, start.Image.Span, shim.Name, FirmwareFailure.ShimUntrusted)
            : ImageLoading.Load(services, path, start.Image.Span, start.Name);
    }

    private byte[] PathOf(string name, string uri) =>
        new DevicePathWriter().Nodes(DevicePathFor(uri)).FilePath("\\" + name).End();

    private void SetLoadOptions(nint image, string commandLine)
    {
        var loaded = (LoadedImage*)services.TryGetProtocol(image, Guids.LoadedImage);
        if (loaded == null)
        {
            services.Boot->UnloadImage(image);
            throw new BootFailure(FirmwareFailure.ImageRefused, "the firmware loaded the image without its protocol");
        }
        _loadOptionsBytes = Text.BytesOf(commandLine);
        _loadOptions = (char*)services.AllocatePages(_loadOptionsBytes);
        Text.Write(commandLine, _loadOptions);
        loaded->LoadOptions = _loadOptions;
        loaded->LoadOptionsSize = (uint)_loadOptionsBytes;
    }

    private byte[] DevicePathFor(string uri) =>
        new DevicePathWriter().Nodes(basePath).Uri(uri.Length <= UriCharsMax ? uri : uri[..UriCharsMax]).End();
}
