using System;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>LoadImage from memory under a device path (UEFI 2.10, 7.4.1).</summary>
internal static unsafe class ImageLoading
{
    /// <summary>Loads a PE file; throws a BootFailure that names <paramref name="name"/> when the firmware refuses it.
    /// </summary>
    public static nint Load(Services services, ReadOnlySpan<byte> devicePath, ReadOnlySpan<byte> file, string name)
    {
        nint image = 0;
        Status status;
        using (services.Door.Open())
        fixed (byte* source = file)
        fixed (byte* path = devicePath)
        {
            status = services.Boot->LoadImage(
                0, services.ImageHandle, (DevicePathProtocol*)path, source, (nuint)file.Length, &image);
        }
        if (!status.IsError) return image;
        // A failed verification still leaves an image handle behind.
        if (status == Status.SecurityViolation && image != 0) services.Boot->UnloadImage(image);
        bool isUntrusted = status == Status.SecurityViolation || status == Status.AccessDenied;
        throw new BootFailure(
            isUntrusted ? FirmwareFailure.ImageUntrusted : FirmwareFailure.ImageRefused,
            $"the firmware refused '{name}': {status}");
    }
}
