using System;

namespace Bootlace.Wire;

/// <summary>What a bridge says by spanning tree (IEEE 802.1D-2004, clause 9.3), from the LLC header on. Only the rapid
/// kind, of which multiple spanning tree is one, says whether the port forwards.</summary>
public readonly ref struct SpanningTreeView
{
    private const int VersionOffset = 5, TypeOffset = 6, FlagsOffset = 7, HelloOffset = 34;
    private const int HeaderBytes = 7, RapidBytes = 38;   // as far as the forward delay; what follows nobody needs
    private const byte RapidVersion = 2, RapidType = 2, ForwardingFlag = 1 << 5;
    private const int HelloUnitsPerSecond = 256;

    private readonly ReadOnlySpan<byte> _bytes;

    private SpanningTreeView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>LLC for spanning tree, and protocol 0.</summary>
    private static ReadOnlySpan<byte> Beginning => [0x42, 0x42, 0x03, 0, 0];

    /// <summary>Reads a message; padding may follow it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpanningTreeView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadKind;
        if (!bytes.StartsWith(Beginning)) return false;
        error = ParseError.TooShort;
        var read = new SpanningTreeView(bytes);
        if (read.IsRapid && bytes.Length < RapidBytes) return false;
        error = ParseError.None;
        view = read;
        return true;
    }

    /// <summary>Whether it says anything of the port's state.</summary>
    public bool IsRapid => _bytes[VersionOffset] >= RapidVersion && _bytes[TypeOffset] == RapidType;

    /// <summary>The port lets frames through. Only of a rapid one.</summary>
    public bool IsForwarding
    {
        get
        {
            Check.That(IsRapid);
            return (_bytes[FlagsOffset] & ForwardingFlag) != 0;
        }
    }

    /// <summary>In milliseconds, how soon the bridge speaks again. Only of a rapid one.</summary>
    public int HelloMilliseconds
    {
        get
        {
            Check.That(IsRapid);
            return BigEndian.ReadU16(_bytes, HelloOffset) * 1000 / HelloUnitsPerSecond;
        }
    }
}
