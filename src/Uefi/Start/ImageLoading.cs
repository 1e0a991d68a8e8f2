using System;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>LoadImage from memory under a device path (UEFI 2.10, 7.4.1).</summary>
internal static unsafe class ImageLoading
{
    /// <summary>Loads a PE file; throws a BootFailure that names <paramref name="name"/> when the firmware refuses it.
    /// </summary>
    public static nint Load(Services services, ReadOnlySpan<byte> devicePath, ReadOnlySpan<byte> file, string name) =>
        Load(services, devicePath, file, name, FirmwareFailure.ImageUntrusted);

    /// <summary>Likewise.</summary>
    /// <param name="services">The firmware.</param>
    /// <param name="devicePath">Where the image is from.</param>
    /// <param name="file">The PE file.</param>
    /// <param name="name">What users call it.</param>
    /// <param name="untrusted">The failure when nobody whom the firmware trusts has signed it.</param>
    public static nint Load(
        Services services, ReadOnlySpan<byte> devicePath, ReadOnlySpan<byte> file, string name, FailureKind untrusted)
    {
        Status status = TryLoad(services, devicePath, file, out nint image);
        if (!status.IsError) return image;
        throw new BootFailure(
            MeansUntrusted(status) ? untrusted : FirmwareFailure.ImageRefused,
            $"the firmware refused '{name}': {status}");
    }

    /// <summary>Whether nobody whom the firmware trusts has signed what it refused so.</summary>
    public static bool MeansUntrusted(Status status) =>
        status == Status.SecurityViolation || status == Status.AccessDenied;

    /// <summary>Loads a PE file, if the firmware takes it.</summary>
    public static Status TryLoad(
        Services services, ReadOnlySpan<byte> devicePath, ReadOnlySpan<byte> file, out nint image)
    {
        nint loaded = 0;
        Status status;
        using (services.Door.Open())
        fixed (byte* source = file)
        fixed (byte* path = devicePath)
        {
            status = services.Boot->LoadImage(
                0, services.ImageHandle, (DevicePathProtocol*)path, source, (nuint)file.Length, &loaded);
        }
        // A failed verification still leaves an image handle behind.
        if (status == Status.SecurityViolation && loaded != 0) services.Boot->UnloadImage(loaded);
        image = status.IsError ? 0 : loaded;
        return status;
    }
}
