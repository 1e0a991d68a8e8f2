using System;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>One SCSI command at a time in an iSCSI session: what is wanted, how far it is, how it ended. Made once and
/// used for one command after the other.</summary>
internal sealed class ScsiTask
{
    /// <summary>Data segments of a response are kept so far: two bytes of length and the longest sense data (SPC-4
    /// section 4.5.2.1).</summary>
    private const int ResponseBytesMax = 2 + 252;

    private readonly byte[] _response = new byte[ResponseBytesMax];
    private int _responseBytes;

    /// <summary>The logical unit.</summary>
    public ulong Lun { get; set; }

    /// <summary>The command.</summary>
    public ScsiCdb Cdb { get; private set; }

    /// <summary>Where data goes that the command reads.</summary>
    public Memory<byte> Target { get; private set; }

    /// <summary>The data that the command writes.</summary>
    public ReadOnlyMemory<byte> Source { get; private set; }

    /// <summary>How it ended.</summary>
    public TaskEnd End { get; set; }

    /// <summary>Zero: the target has carried the command out, and <see cref="Status"/> says how well.</summary>
    public byte Response { get; set; }

    /// <summary>See <see cref="ScsiStatus"/>.</summary>
    public byte Status { get; set; }

    /// <summary>How the data differed from what was expected.</summary>
    public Residual Residual { get; set; }

    /// <summary>How often it has not been answered in time since it was new.</summary>
    public int Timeouts { get; set; }

    /// <summary>When it was given to the session, or sent.</summary>
    public Instant StartedAt { get; set; }

    /// <summary>Its tag while it is at the target.</summary>
    public uint Tag { get; set; }

    /// <summary>Its number in the session.</summary>
    public SeqNumber CmdSn { get; set; }

    /// <summary>Bytes read so far.</summary>
    public int ReceivedBytes { get; set; }

    /// <summary>The next Data-In's number.</summary>
    public uint NextDataSn { get; set; }

    /// <summary>The next R2T's number.</summary>
    public uint NextR2tSn { get; set; }

    /// <summary>How much of the data to write has been asked for or goes without; the next R2T starts there.</summary>
    public int PromisedBytes { get; set; }

    /// <summary>What is being sent without being asked for.</summary>
    public DataBurst Unsolicited;

    /// <summary>What the target has asked for.</summary>
    public BurstQueue Bursts { get; } = new();

    /// <summary>A command that reads into <paramref name="target"/>, or moves no data.</summary>
    public void WantRead(in ScsiCdb cdb, Memory<byte> target) => Want(cdb, target, default);

    /// <summary>A command that writes.</summary>
    public void WantWrite(in ScsiCdb cdb, ReadOnlyMemory<byte> source) => Want(cdb, default, source);

    /// <summary>Forgets how far it was: it is about to start from its beginning.</summary>
    public void Rewind(Instant now)
    {
        End = TaskEnd.None;
        (Response, Status, Residual) = (0, 0, default);
        (ReceivedBytes, NextDataSn, NextR2tSn, PromisedBytes) = (0, 0, 0, 0);
        _responseBytes = 0;
        Unsolicited = default;
        Bursts.Clear();
        Tag = PduHeader.NoTag;
        StartedAt = now;
    }

    /// <summary>Lets go of the caller's memory.</summary>
    public void Release() => (Target, Source) = (default, default);

    /// <summary>Room for a response's data segment of that length, or for as much of it as is of use.</summary>
    public Memory<byte> ResponseRoom(int countBytes)
    {
        _responseBytes = Math.Min(countBytes, ResponseBytesMax);
        return _response.AsMemory(0, _responseBytes);
    }

    /// <summary>The sense data, if the target sent any that can be read.</summary>
    public bool TryReadSense(out SenseData sense) =>
        SenseData.TryReadSegment(_response.AsSpan(0, _responseBytes), out sense, out _);

    private void Want(in ScsiCdb cdb, Memory<byte> target, ReadOnlyMemory<byte> source)
    {
        (Cdb, Target, Source) = (cdb, target, source);
        Timeouts = 0;
    }
}
