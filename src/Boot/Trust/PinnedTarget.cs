using System;
using Bootlace.Crypto;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Hashes a body while it arrives, so that it need not be read again.</summary>
internal sealed class PinnedTarget(IBodyTarget target) : IBodyTarget, IDisposable
{
    private readonly Digest _digest = new(HashKind.Sha256);
    private Memory<byte> _room;

    /// <inheritdoc/>
    public ulong ReceivedBytes => target.ReceivedBytes;

    /// <inheritdoc/>
    public void Expect(ulong totalBytes) => target.Expect(totalBytes);

    /// <inheritdoc/>
    public Memory<byte> GetRoom() => _room = target.GetRoom();

    /// <inheritdoc/>
    public void Advance(int countBytes)
    {
        _digest.Add(_room.Span[..countBytes]);
        _room = _room[countBytes..];
        target.Advance(countBytes);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _digest.Finish(stackalloc byte[HashKinds.DigestBytesMax]);   // and forget it
        _room = default;
        target.Restart();
    }

    /// <summary>Compares the digest of all that has arrived.</summary>
    /// <exception cref="BootFailure">It is another one.</exception>
    public void Require(in FileDigest expected, string name)
    {
        Span<byte> actual = stackalloc byte[HashKinds.DigestBytesMax];
        expected.Require(actual[.._digest.Finish(actual)], name);
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();
}
