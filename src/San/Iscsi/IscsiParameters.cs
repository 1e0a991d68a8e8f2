using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>What a login has settled (RFC 7143 section 13). Lengths are in bytes.</summary>
public sealed record IscsiParameters
{
    /// <summary>The longest data segment the target may send: what we have declared.</summary>
    public required int ReceiveSegmentBytesMax { get; init; }

    /// <summary>The longest data segment we may send: what the target has declared.</summary>
    public int SendSegmentBytesMax { get; init; } = 8192;

    /// <summary>The longest sequence of Data-In or of solicited Data-Out: MaxBurstLength.</summary>
    public int MaxBurstBytes { get; init; } = 262_144;

    /// <summary>How much of a write may be sent without being asked for, immediate data included:
    /// FirstBurstLength.</summary>
    public int FirstBurstBytes { get; init; } = 65_536;

    /// <summary>Data-Out has to be asked for by R2T; if false, up to <see cref="FirstBurstBytes"/> may follow the
    /// command at once.</summary>
    public bool InitialR2T { get; init; } = true;

    /// <summary>A write command may carry data itself.</summary>
    public bool ImmediateData { get; init; } = true;

    /// <summary>How many R2Ts of one command the target may have open.</summary>
    public int MaxOutstandingR2T { get; init; } = 1;

    /// <summary>Headers carry a CRC32C; the connection adds and checks it by itself.</summary>
    public bool HeaderDigest { get; init; }

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool DataDigest { get; init; }

    /// <summary>How long to wait before connecting again after a loss.</summary>
    public Duration Time2Wait { get; init; }

    /// <summary>How long after that the target keeps the tasks of a lost session.</summary>
    public Duration Time2Retain { get; init; }

    /// <summary>The target's handle of the session: TSIH.</summary>
    public ushort SessionHandle { get; init; }

    /// <summary>The portal group the target says it was reached through.</summary>
    public ushort TargetPortalGroupTag { get; init; } = 1;

    /// <summary>The CmdSN of the first command in full feature phase.</summary>
    public SeqNumber CmdSn { get; init; }

    /// <summary>The last CmdSN the target had room for when the login ended.</summary>
    public SeqNumber MaxCmdSn { get; init; }

    /// <summary>The StatSN expected next from the target.</summary>
    public SeqNumber ExpStatSn { get; init; }
}
