using System;
using System.Buffers.Binary;

namespace Bootlace.San;

/// <summary>What MD5, SHA-1 and SHA-256 have in common: blocks of 64 bytes go one after the other into a state of
/// 32-bit words; behind the message come a one bit, zeros and the message's length in bits.</summary>
internal abstract class BlockHash : HashFunction
{
    protected const int BlockBytes = 64;
    private const int LengthBytes = 8, WordBytes = 4, StateWordsMax = 8;
    private const byte OneBit = 0x80;

    public sealed override int DigestBytes => WordBytes * InitialState.Length;

    /// <summary>The state before the first block.</summary>
    protected abstract ReadOnlySpan<uint> InitialState { get; }

    /// <summary>Words and lengths have their highest byte first.</summary>
    protected abstract bool IsBigEndian { get; }

    public sealed override int Hash(ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Span<uint> state = stackalloc uint[StateWordsMax];
        state = state[..InitialState.Length];
        InitialState.CopyTo(state);
        ReadOnlySpan<byte> rest = message;
        for (; rest.Length >= BlockBytes; rest = rest[BlockBytes..]) Compress(rest[..BlockBytes], state);

        Span<byte> end = stackalloc byte[2 * BlockBytes];
        end = end[..(rest.Length < BlockBytes - LengthBytes ? BlockBytes : 2 * BlockBytes)];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = OneBit;
        WriteLength(end[^LengthBytes..], 8ul * (uint)message.Length);
        for (int at = 0; at < end.Length; at += BlockBytes) Compress(end.Slice(at, BlockBytes), state);
        end.Clear();   // it may have held a secret
        for (int i = 0; i < state.Length; i++) WriteWord(digest[(WordBytes * i)..], state[i]);
        return DigestBytes;
    }

    /// <summary>Takes one block into the state.</summary>
    protected abstract void Compress(ReadOnlySpan<byte> block, Span<uint> state);

    private void WriteLength(Span<byte> target, ulong bits)
    {
        if (IsBigEndian) BinaryPrimitives.WriteUInt64BigEndian(target, bits);
        else BinaryPrimitives.WriteUInt64LittleEndian(target, bits);
    }

    private void WriteWord(Span<byte> target, uint word)
    {
        if (IsBigEndian) BinaryPrimitives.WriteUInt32BigEndian(target, word);
        else BinaryPrimitives.WriteUInt32LittleEndian(target, word);
    }
}
