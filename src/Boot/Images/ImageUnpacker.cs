using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Takes what is compressed out of archives. What comes out lies in firmware pages like any file; keys and
/// network are looked at meanwhile.</summary>
internal sealed class ImageUnpacker(IFirmware firmware, ProgressDisplay display, Pump pump)
{
    /// <summary>Unpacked between two looks at keys and network.</summary>
    private const int StepBytes = 1 << 20;

    /// <summary>Unpacks an archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="isQuiet">Shows nothing.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="BootFailure">It is none, is damaged, or what is in it does not fit into memory.</exception>
    public async Task<ImageContent> UnpackAsync(Image archive, bool isQuiet, CancellationToken stop)
    {
        string name = ByteText.ToUnicode(archive.Name);
        Decompressor reader = Open(archive, name);
        TransferLine line = display.Begin($"Unpacking {name}", isQuiet);
        var content = new ImageContent(firmware);
        try
        {
            if (reader.SizeBytes is { } size) content.Expect(size);
            await UnpackAsync(reader, content, line, name, stop);
            line.Succeeded(content.ReceivedBytes);
            return content;
        }
        catch (Exception trouble)
        {
            line.Failed(trouble);
            content.Dispose();
            throw;
        }
    }

    private static Decompressor Open(Image archive, string name)
    {
        ReadOnlyMemory<byte> file = archive.Content.ToContiguous();
        return archive.Kind switch
        {
            ImageKind.Gzip => new GzipReader(file),
            ImageKind.Zlib => new ZlibReader(file),
            ImageKind.Zstd => new ZstdReader(file),
            _ => throw new BootFailure(ImageFailure.NotAnArchive, $"{name} is no archive"),
        };
    }

    private async Task UnpackAsync(
        Decompressor reader, ImageContent content, TransferLine line, string name, CancellationToken stop)
    {
        // Behind what has to stay there is room for a step, and more where much has to be moved to make room again.
        int roomBytes = int.Max(StepBytes, reader.WindowBytes / 4);
        using IMemoryOwner<byte> pages = firmware.AllocatePages(reader.WindowBytes + roomBytes);
        Memory<byte> window = pages.Memory[..(reader.WindowBytes + roomBytes)];
        int start = 0;
        while (!reader.IsDone)
        {
            if (window.Length - start < Decompressor.RoomBytesMin)
            {
                window.Span[(start - reader.WindowBytes)..start].CopyTo(window.Span);
                start = reader.WindowBytes;
            }
            Memory<byte> part = window[..int.Min(window.Length, start + StepBytes)];
            bool isGood = reader.TryRead(part.Span, start, out int end, out ParseError error);
            if (!isGood) throw Refuse(error, name);
            content.Append(window.Span[start..end]);
            start = end;
            line.Report(content.ReceivedBytes, reader.SizeBytes);
            await pump.Delay(Duration.Zero, stop);
        }
    }

    private static BootFailure Refuse(ParseError error, string name) => error switch
    {
        ParseError.BadOption or ParseError.TooMany => new(ImageFailure.OtherArchive,
            $"{name} needs a dictionary, or a window of more than {ZstdReader.WindowBytesMax >> 20} MiB"),
        ParseError.TooShort => new(ImageFailure.BadArchive, $"{name} is truncated"),
        ParseError.BadChecksum => new(ImageFailure.BadArchive, $"{name} is damaged: its checksum does not match"),
        _ => new(ImageFailure.BadArchive, $"{name} is damaged ({error})"),
    };
}
