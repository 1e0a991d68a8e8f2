using System;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>A body of which only so much is taken: for what nobody will keep.</summary>
/// <param name="bytesMax">The most it may have.</param>
public sealed class SmallBody(int bytesMax) : IBodyTarget
{
    private const int FirstRoomBytes = 4096;

    private byte[] _bytes = [];
    private int _count;

    /// <inheritdoc/>
    public ulong ReceivedBytes => (ulong)_count;

    /// <inheritdoc/>
    public void Expect(ulong totalBytes)
    {
        if (totalBytes > (ulong)bytesMax) throw TooLarge();
        if (totalBytes > (ulong)_bytes.Length) Array.Resize(ref _bytes, (int)totalBytes);
    }

    /// <inheritdoc/>
    public Memory<byte> GetRoom()
    {
        if (_count == bytesMax) throw TooLarge();
        if (_count == _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(bytesMax, Math.Max(FirstRoomBytes, 2 * _bytes.Length)));
        return _bytes.AsMemory(_count);
    }

    /// <inheritdoc/>
    public void Advance(int countBytes)
    {
        Check.That(countBytes >= 0 && countBytes <= _bytes.Length - _count);
        _count += countBytes;
    }

    /// <inheritdoc/>
    public void Restart() => _count = 0;

    /// <summary>What has come.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _count).ToArray();

    private BootFailure TooLarge() =>
        new(UriFailure.BodyTooLarge, $"There is more than the {bytesMax} bytes that are taken");
}
