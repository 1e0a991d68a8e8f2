using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A command that a <see cref="ModelIscsiConnection"/> has taken.</summary>
internal sealed class ModelScsiTask(ScsiCommandPdu command)
{
    public ScsiCommandPdu Command { get; } = command;

    /// <summary>The data it writes, as far as it has come.</summary>
    public byte[] Data { get; } = new byte[command.IsWrite ? command.TransferBytes : 0];
    public int ReceivedBytes { get; set; }

    /// <summary>So many bytes come without being asked for.</summary>
    public int UnsolicitedBytes { get; set; }

    /// <summary>The R2Ts so far, and where the last one's data ends.</summary>
    public uint R2tSn { get; set; }
    public int AskedBytes { get; set; }

    /// <summary>The next Data-Out's number in its sequence, and the sequence's tag and end.</summary>
    public uint DataSn { get; set; }
    public uint TargetTag { get; set; } = PduHeader.NoTag;
    public int SequenceEnd { get; set; }

    public Instant DueAt { get; set; } = Instant.Never;
    public bool IsSilent { get; set; }
}
