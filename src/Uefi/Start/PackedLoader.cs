using System;
using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The loader that tools/Build has compressed into a section of the image we are: starts it in our place, as
/// if the firmware had loaded it itself.</summary>
public static unsafe class PackedLoader
{
    private const int LengthBytes = 4;                    // before the zlib stream: how long it gets, little-endian
    private const uint UnpackedBytesMax = 16 << 20;
    private const uint EndOfPath = 0x0004_ff7f;           // a device path that ends at once

    /// <summary>Unpacks and starts the loader; returns its status if it comes back, else prints why it was not
    /// started.</summary>
    public static nuint Run(nint imageHandle, nint systemTable)
    {
        var table = (SystemTable*)systemTable;
        try
        {
            var services = new Services(imageHandle, table);
            LoadedImage* own = OwnImage.Find(services, imageHandle);
            nint loader = Load(services, own);
            HandOver(services, own, OwnImage.Find(services, loader));
            return services.Boot->StartImage(loader, null, null);
        }
        catch (BootFailure failure)
        {
            Print(table, failure.Describe());
            return Status.FromFailure(failure.Kind).Value;
        }
    }

    private static nint Load(Services services, LoadedImage* own)
    {
        ReadOnlySpan<byte> packed = OwnImage.FindSection(own, OwnImage.LoaderSection);
        if (packed.Length < LengthBytes) throw new BootFailure(FirmwareFailure.NotUnpacked);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(packed);
        if (length > UnpackedBytesMax) throw new BootFailure(FirmwareFailure.NotUnpacked);
        byte* pages = services.AllocatePages(length);
        try
        {
            var unpacked = new Span<byte>(pages, (int)length);
            bool isIntact = Zlib.TryRead(packed[LengthBytes..], unpacked, out _);
            if (!isIntact) throw new BootFailure(FirmwareFailure.NotUnpacked);
            BranchAddresses.MakeRelative(unpacked, isArm64: !X86Base.IsSupported);
            return LoadImage(services, pages, length);
        }
        finally
        {
            services.FreePages(pages, length);   // the firmware has made its own copy
        }
    }

    private static nint LoadImage(Services services, byte* bytes, uint length)
    {
        uint end = EndOfPath;
        void* path = services.TryGetProtocol(services.ImageHandle, Guids.LoadedImageDevicePath);
        if (path == null) path = &end;
        nint image = 0;
        Status status = services.Boot->LoadImage(
            0, services.ImageHandle, (DevicePathProtocol*)path, bytes, length, &image);
        if (!status.IsError && OwnImage.Find(services, image) != null) return image;
        if (image != 0) services.Boot->UnloadImage(image);   // left behind by a failed verification
        throw new BootFailure(
            ImageLoading.MeansUntrusted(status) ? FirmwareFailure.ImageUntrusted : FirmwareFailure.ImageRefused);
    }

    /// <summary>Lets the loader see what the firmware told us: where we come from, and our options.</summary>
    private static void HandOver(Services services, LoadedImage* own, LoadedImage* loader)
    {
        loader->DeviceHandle = own->DeviceHandle;
        loader->LoadOptions = own->LoadOptions;
        loader->LoadOptionsSize = own->LoadOptionsSize;
        ReadOnlySpan<byte> file = DevicePaths.Copy(own->FilePath);
        if (file.IsEmpty || file.SequenceEqual(DevicePaths.Copy(loader->FilePath))) return;
        // EDK2 frees an image's path from the pool together with the image, so it must not be ours.
        void* copy = null;
        Status status = services.Boot->AllocatePool(MemoryType.LoaderData, (nuint)file.Length, &copy);
        if (status.IsError) return;
        file.CopyTo(new Span<byte>(copy, file.Length));
        loader->FilePath = (DevicePathProtocol*)copy;
    }

    private static void Print(SystemTable* table, string line)
    {
        if (table == null || table->ConOut == null) return;
        char[] text = new char[line.Length + 3];   // a line's end and a NUL
        line.AsSpan().CopyTo(text);
        text[line.Length] = '\r';
        text[line.Length + 1] = '\n';
        fixed (char* start = text) table->ConOut->OutputString(table->ConOut, start);
    }
}
