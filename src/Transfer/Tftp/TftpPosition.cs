namespace Bootlace.Transfer;

/// <summary>Block numbers on the wire have 16 bits; a file may have more blocks. After 65535 most servers go on with 0,
/// some with 1 (RFC 1350 does not say). This is the place of the next expected block, counted without end, and its wire
/// number by the server's style.</summary>
internal struct TftpPosition()
{
    private const ulong FirstRolled = 65_536;
    private const int DoubtsMax = 3;

    private bool _skipsZero;
    private bool _isStyleKnown;
    private int _doubts;

    /// <summary>The next expected block; the first is 1.</summary>
    public ulong Expected { get; private set; } = 1;

    /// <summary>Wire number of the last block received in order: what an ACK carries; 0 before the first.</summary>
    public readonly ushort LastWire => ToWire(Expected - 1);

    /// <summary>How many blocks <paramref name="wire"/> lies ahead of the expected one: 0 it is that one, negative: an
    /// old one. Where it cannot be told how the server counts, a block 1 in place of 0 is taken for a gap a few times
    /// first.</summary>
    /// <param name="wire">Block number received.</param>
    /// <param name="isLockstep">One block per ACK, so that nothing but the next block can come.</param>
    public int Distance(ushort wire, bool isLockstep)
    {
        if (Expected == FirstRolled && !_isStyleKnown)
        {
            if (wire == 0) _isStyleKnown = true;
            else if (wire == 1 && (isLockstep || ++_doubts > DoubtsMax)) _isStyleKnown = _skipsZero = true;
        }
        if (!_skipsZero) return (short)(wire - (ushort)Expected);
        if (wire == 0) return -1;
        int distance = (wire - ToWire(Expected) + ushort.MaxValue) % ushort.MaxValue;
        return distance > short.MaxValue ? distance - ushort.MaxValue : distance;
    }

    /// <summary>The expected block has come.</summary>
    public void Advance() => Expected++;

    private readonly ushort ToWire(ulong block) =>
        _skipsZero && block > 0 ? (ushort)((block - 1) % ushort.MaxValue + 1) : (ushort)block;
}
