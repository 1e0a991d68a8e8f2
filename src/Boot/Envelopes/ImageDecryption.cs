using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Decrypts images by envelopes. They are decrypted where they lie; one that turns out not to fit its envelope
/// is encrypted again, so that nothing of it is to be seen.</summary>
internal sealed class ImageDecryption(
    ImageStore images, EnvelopeOpener opener, ProgressDisplay display, Pump pump) : IImageDecryption
{
    /// <summary>After so many bytes keys and network are looked at.</summary>
    private const int StepBytes = 1 << 20;

    private const int BlockBytes = EnvelopeView.BlockBytes;

    /// <inheritdoc/>
    public async Task<IImage> DecryptAsync(
        IImage image, IImage envelope, string? name, bool isQuiet, CancellationToken stop)
    {
        var source = (Image)image;
        using OpenedEnvelope opened = opener.Open((Image)envelope);
        // Trusted is what follows from what is trusted: data alone could be made another file by another envelope.
        bool isTrusted = source.IsTrusted && envelope.IsTrusted;
        string shown = ByteText.ToUnicode(source.Name);
        TransferLine line = display.Begin($"Decrypting {shown}", isQuiet);
        try
        {
            await DecryptAsync(source.Content, opened, shown, line, stop);
            line.Succeeded(source.SizeBytes);
        }
        catch (Exception trouble)
        {
            line.Failed(trouble);
            throw;
        }
        try
        {
            Image decrypted = images.Replace(source, name);
            decrypted.IsTrusted = isTrusted;
            return decrypted;
        }
        catch
        {
            images.Free(source);
            throw;
        }
    }

    private async Task DecryptAsync(
        ImageContent content, OpenedEnvelope envelope, string name, TransferLine line, CancellationToken stop)
    {
        int paddingBytes = 0;
        if (envelope.IsPadded) paddingBytes = ReadPadding(content, envelope, name);
        else if (content.ReceivedBytes > AesGcm.StreamBytesMax) throw new BootFailure(EnvelopeFailure.ImageTooLarge);
        var done = new Progress();
        using ICipher cipher = envelope.Begin(isDecrypting: true), back = envelope.Begin(isDecrypting: false);
        try
        {
            await ApplyAsync(cipher, content, content.ReceivedBytes, done, line, stop);
            if (!envelope.IsWhole(cipher)) throw DoesNotFit(name);
        }
        catch
        {
            await ApplyAsync(back, content, done.Bytes, new Progress(), null, CancellationToken.None);
            throw;
        }
        content.RemoveEnd(paddingBytes);
    }

    private async Task ApplyAsync(
        ICipher cipher, ImageContent content, ulong countBytes, Progress done, TransferLine? line,
        CancellationToken stop)
    {
        byte[] block = new byte[BlockBytes];
        try
        {
            while (done.Bytes < countBytes)
            {
                int most = (int)ulong.Min(StepBytes, countBytes - done.Bytes);
                Memory<byte> stretch = content.StretchAt(done.Bytes);
                int count = int.Min(most, stretch.Length) / cipher.UnitBytes * cipher.UnitBytes;
                if (count > 0)
                {
                    cipher.Apply(stretch.Span[..count]);
                }
                else   // a block that lies in two pieces
                {
                    count = cipher.UnitBytes;
                    Read(content, done.Bytes, block);
                    cipher.Apply(block);
                    Write(content, done.Bytes, block);
                }
                done.Bytes += (ulong)count;
                line?.Report(done.Bytes, countBytes);
                await pump.Delay(Duration.Zero, stop);
            }
        }
        finally
        {
            Array.Clear(block);
        }
    }

    /// <summary>The length of the padding (RFC 5652, section 6.3), before anything is changed. Whether the padding or
    /// the key is wrong cannot be told apart.</summary>
    private static int ReadPadding(ImageContent content, OpenedEnvelope envelope, string name)
    {
        ulong length = content.ReceivedBytes;
        if (length == 0 || length % BlockBytes != 0)
        {
            throw new BootFailure(EnvelopeFailure.Truncated,
                $"{name} has {length} bytes, which is no multiple of {BlockBytes}: it is truncated");
        }
        byte[] before = new byte[length > BlockBytes ? BlockBytes : 0], block = new byte[BlockBytes];
        if (before.Length > 0) Read(content, length - 2 * BlockBytes, before);
        Read(content, length - BlockBytes, block);
        envelope.Decrypt(before, block);
        int padding = block[^1];
        bool isGood = padding is > 0 and <= BlockBytes;
        for (int i = 0; i < BlockBytes; i++) isGood &= i < BlockBytes - padding || block[i] == padding;
        Array.Clear(block);
        return isGood ? padding : throw DoesNotFit(name);
    }

    private static BootFailure DoesNotFit(string name) =>
        new(EnvelopeFailure.DoesNotFit, $"{name} cannot be decrypted by this envelope");

    private static void Read(ImageContent content, ulong position, Span<byte> target)
    {
        for (int done = 0; done < target.Length;)
        {
            Span<byte> stretch = content.StretchAt(position + (ulong)done).Span;
            int count = int.Min(stretch.Length, target.Length - done);
            stretch[..count].CopyTo(target[done..]);
            done += count;
        }
    }

    private static void Write(ImageContent content, ulong position, ReadOnlySpan<byte> bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            Span<byte> stretch = content.StretchAt(position + (ulong)done).Span;
            int count = int.Min(stretch.Length, bytes.Length - done);
            bytes.Slice(done, count).CopyTo(stretch);
            done += count;
        }
    }

    private sealed class Progress
    {
        public ulong Bytes { get; set; }
    }
}
