using System;

namespace Bootlace.Net;

/// <summary>How many bytes the peer may have on their way to us: little at first, doubled whenever a window's worth has
/// been read, as long as nothing gets lost. Weak cards lose, or die of, bursts that are too long (facts/firmware.md
/// 1.3).</summary>
internal struct ReceiveWindow()
{
    /// <summary>Largest window there is, and so the most a connection keeps for a slow reader.</summary>
    public const int BytesMax = 1 << 20;

    private const int BytesAtFirst = 64 * 1024 - 1;   // what a SYN can say, RFC 7323 section 2.2
    private const int WindowsToCalm = 8;

    private int _limitBytes = BytesAtFirst;
    private int _readBytes;

    /// <summary>The window for an empty buffer, within the connection's share of what its card can take.</summary>
    public readonly int LimitBytes(int shareBytes) => Math.Min(_limitBytes, shareBytes);

    /// <summary>The reader took bytes.</summary>
    public void HaveBeenRead(int bytes)
    {
        _readBytes += bytes;
        if (_readBytes < _limitBytes) return;
        _readBytes = 0;
        _limitBytes = Math.Min(2 * _limitBytes, BytesMax);
    }

    /// <summary>Bytes are missing between others: no growth for a while.</summary>
    public void HoleSeen() => _readBytes = -WindowsToCalm * _limitBytes;
}
