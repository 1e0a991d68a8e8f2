using System;

namespace Bootlace.Wire;

/// <summary>The numbers in each PDU from the initiator but Data-Out, which has no CmdSN (RFC 7143 section
/// 4.2.2).</summary>
/// <param name="CmdSn">Of this request; an immediate one has the next one's and uses up none.</param>
/// <param name="ExpStatSn">The answer expected next: all before it have arrived.</param>
public readonly record struct InitiatorSequence(SeqNumber CmdSn, SeqNumber ExpStatSn)
{
    internal const int CmdSnOffset = 24, ExpStatSnOffset = 28;

    internal static InitiatorSequence Read(ReadOnlySpan<byte> header) => new(
        new SeqNumber(BigEndian.ReadU32(header, CmdSnOffset)),
        new SeqNumber(BigEndian.ReadU32(header, ExpStatSnOffset)));

    internal void Write(Span<byte> header)
    {
        BigEndian.WriteU32(header, CmdSnOffset, CmdSn.Value);
        BigEndian.WriteU32(header, ExpStatSnOffset, ExpStatSn.Value);
    }
}
