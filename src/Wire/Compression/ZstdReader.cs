using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>A Zstandard file (RFC 8878): frames one after the other, without dictionaries. Zeroes may follow them.
/// </summary>
public sealed class ZstdReader : Decompressor
{
    /// <summary>The widest window taken: that of <c>zstd --ultra -22</c>, and of kernels packed by it.</summary>
    public const int WindowBytesMax = 128 << 20;

    private const int ChecksumBytes = 4;

    private readonly ZstdLiterals _literals = new();
    private readonly ZstdSequences _sequences = new();
    private readonly XxHash64 _hash = new();
    private readonly ParseError _error;
    private ZstdFrame _frame;
    private bool _isInFrame;
    private int _next;           // the byte to go on with
    private ulong _written;      // of the frame under way

    /// <summary>Looks at the frames of a file, but not into their blocks: how wide a window they take is known from
    /// then on.</summary>
    /// <param name="file">The file.</param>
    public ZstdReader(ReadOnlyMemory<byte> file) : base(file)
    {
        _error = Survey(file.Span, out int windowBytes, out ulong? sizeBytes);
        WindowBytes = windowBytes;
        SizeBytes = sizeBytes;
    }

    /// <inheritdoc/>
    public override int WindowBytes { get; }

    /// <inheritdoc/>
    public override ulong? SizeBytes { get; }

    /// <summary>Whether a file begins like one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head) => ZstdFrame.Recognises(head);

    /// <inheritdoc/>
    public override bool TryRead(Span<byte> window, int start, out int end, out ParseError error)
    {
        ReadOnlySpan<byte> file = File.Span;
        end = start;
        error = _error;
        if (error != ParseError.None) return false;
        if (_isInFrame) error = ReadBlock(file, window, start, out end);
        else if (file[_next..].IndexOfAnyExcept((byte)0) < 0) IsDone = true;
        else error = BeginFrame(file);
        return error == ParseError.None;
    }

    /// <summary>Walks over all frames.</summary>
    private static ParseError Survey(ReadOnlySpan<byte> file, out int windowBytes, out ulong? sizeBytes)
    {
        windowBytes = 0;
        sizeBytes = 0;
        ParseError error;
        do
        {
            if (!ZstdFrame.TryRead(file, out ZstdFrame frame, out error)) return error;
            file = file[frame.HeaderBytes..];
            windowBytes = Math.Max(windowBytes, frame.WindowBytes);
            sizeBytes = frame.ContentBytes <= ulong.MaxValue - sizeBytes ? sizeBytes + frame.ContentBytes : null;
            if (frame.SkippedBytes >= 0) file = file[frame.SkippedBytes..];
            else if (!TrySkipBlocks(frame, ref file, out error)) return error;
        }
        while (file.Length > 0 && file.IndexOfAnyExcept((byte)0) >= 0);
        return ParseError.None;
    }

    private static bool TrySkipBlocks(in ZstdFrame frame, ref ReadOnlySpan<byte> file, out ParseError error)
    {
        ZstdBlock block;
        do
        {
            if (!ZstdBlock.TryRead(file, frame.BlockBytesMax, out block, out error)) return false;
            file = file[(ZstdBlock.HeaderBytes + block.StoredBytes)..];
        }
        while (!block.IsLast);
        error = ParseError.TooShort;
        if (!frame.HasChecksum) return true;
        if (file.Length < ChecksumBytes) return false;
        file = file[ChecksumBytes..];
        return true;
    }

    private ParseError BeginFrame(ReadOnlySpan<byte> file)
    {
        if (!ZstdFrame.TryRead(file[_next..], out _frame, out ParseError error)) return error;
        _next += _frame.HeaderBytes + Math.Max(0, _frame.SkippedBytes);
        _isInFrame = _frame.SkippedBytes < 0;
        _literals.Restart();
        _sequences.Restart();
        _hash.Restart();
        _written = 0;
        return ParseError.None;
    }

    private ParseError ReadBlock(ReadOnlySpan<byte> file, Span<byte> window, int start, out int end)
    {
        end = start;
        ReadOnlySpan<byte> rest = file[_next..];
        if (!ZstdBlock.TryRead(rest, _frame.BlockBytesMax, out ZstdBlock block, out ParseError error)) return error;
        ReadOnlySpan<byte> stored = rest.Slice(ZstdBlock.HeaderBytes, block.StoredBytes);
        int room = Math.Min(window.Length, start + _frame.BlockBytesMax);
        int reach = (int)ulong.Min(_written, (ulong)start);
        var output = new ZstdOutput(window[..room], start, reach, _frame.WindowBytes);
        bool isRead = block.Kind switch
        {
            ZstdBlock.Storage.Raw => output.TryAdd(stored),
            ZstdBlock.Storage.Repeated => output.TryFill(stored[0], block.Size),
            _ => _literals.TryRead(stored, _frame.BlockBytesMax, out int usedBytes)
                && _sequences.TryRun(stored[usedBytes..], _literals.Bytes, ref output),
        };
        end = output.End;
        if (!isRead) return ParseError.BadCode;
        _written += (uint)(end - start);
        if (_written > _frame.ContentBytes) return ParseError.BadLength;
        if (_frame.HasChecksum) _hash.Add(window[start..end]);
        _next += ZstdBlock.HeaderBytes + block.StoredBytes;
        return block.IsLast ? EndFrame(file) : ParseError.None;
    }

    private ParseError EndFrame(ReadOnlySpan<byte> file)
    {
        _isInFrame = false;
        if (_frame.ContentBytes is { } announced && announced != _written) return ParseError.BadLength;
        if (!_frame.HasChecksum) return ParseError.None;
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(file[_next..]);   // it was seen to be there
        if (checksum != (uint)_hash.Finish()) return ParseError.BadChecksum;
        _next += ChecksumBytes;
        return ParseError.None;
    }
}
