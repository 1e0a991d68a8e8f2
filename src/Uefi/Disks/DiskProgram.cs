using System;
using Bootlace.Boot;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>An EFI program on a volume.</summary>
/// <param name="volume">The handle of its file system.</param>
/// <param name="fileName">Its path there, with backslashes.</param>
internal sealed unsafe class DiskProgram(nint volume, string fileName)
{
    private const ulong LengthBytesMax = 1 << 30;

    /// <summary>Loads it as from its own device path. The file is read once and looked at before the firmware gets it:
    /// old U-Boot reads past the end of a damaged one.</summary>
    public nint Load(Services services, ushort machine)
    {
        byte[] path = new DevicePathWriter().Nodes(DevicePaths.Of(services, volume)).FilePath(fileName).End();
        using FirmwareFile file = FirmwareFile.Open(services, volume, fileName)
            ?? throw new BootFailure(SanFailure.NoProgram, $"'{fileName}' has gone");
        if (file.LengthBytes is 0 or > LengthBytesMax)
            throw new BootFailure(FirmwareFailure.ImageRefused, $"'{fileName}' has {file.LengthBytes} bytes");
        nuint countBytes = (nuint)file.LengthBytes;
        byte* pages = services.AllocatePages(countBytes);
        try
        {
            var image = new Span<byte>(pages, (int)countBytes);
            for (int done = 0; done < image.Length;) done += file.Read(image[done..]);
            if (PeImage.Judge(image, machine, fileName) is { } failure) throw failure;
            return ImageLoading.Load(services, path, image, fileName);
        }
        finally
        {
            services.FreePages(pages, countBytes);   // the firmware has made its own copy
        }
    }
}
