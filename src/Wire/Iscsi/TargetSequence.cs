using System;

namespace Bootlace.Wire;

/// <summary>The numbers in each PDU from the target (RFC 7143 section 4.2.2).</summary>
/// <param name="StatSn">Of this answer, or the next one's where the PDU uses up none.</param>
/// <param name="ExpCmdSn">The command expected next: all before it have arrived.</param>
/// <param name="MaxCmdSn">The last command the target has room for. Before <paramref name="ExpCmdSn"/> - 1 both are
/// to be ignored.</param>
public readonly record struct TargetSequence(SeqNumber StatSn, SeqNumber ExpCmdSn, SeqNumber MaxCmdSn)
{
    internal const int StatSnOffset = 24, ExpCmdSnOffset = 28, MaxCmdSnOffset = 32;

    internal static TargetSequence Read(ReadOnlySpan<byte> header) => new(
        new SeqNumber(BigEndian.ReadU32(header, StatSnOffset)),
        new SeqNumber(BigEndian.ReadU32(header, ExpCmdSnOffset)),
        new SeqNumber(BigEndian.ReadU32(header, MaxCmdSnOffset)));

    internal void Write(Span<byte> header)
    {
        BigEndian.WriteU32(header, StatSnOffset, StatSn.Value);
        BigEndian.WriteU32(header, ExpCmdSnOffset, ExpCmdSn.Value);
        BigEndian.WriteU32(header, MaxCmdSnOffset, MaxCmdSn.Value);
    }
}
