using System;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

// What goes out, and in which order: answers to pings, requests about commands, data, commands, and last the logout.
internal sealed partial class FullFeaturePhase
{
    private InitiatorSequence Sequence => new(_cmdSn, _expStatSn);

    /// <summary>Selects the next PDU, if there is one to be sent now: its header is written to <paramref
    /// name="header"/>, its data is part of the command's memory. When the stream holds it, <see cref="Sent"/> is to be
    /// called.</summary>
    public bool TrySelect(Span<byte> header, Instant now, out ReadOnlyMemory<byte> data)
    {
        Check.That(_writing is null);
        data = default;
        bool isSelected = SelectPong(header) || SelectTaskRequest(header, now) || SelectUnsolicited(header, out data)
            || SelectSolicited(header, out data) || SelectCommand(header, now, out data) || SelectLogout(header, now);
        if (!isSelected) HasWork = false;
        return isSelected;
    }

    /// <summary>The selected PDU is in the stream.</summary>
    public void Sent(Instant now)
    {
        if (_writing is not { } task) return;
        _writing = null;
        _progressAt = now;
        if (_endOfWriting == TaskEnd.None) return;
        Publish(task, _endOfWriting);
        _endOfWriting = TaskEnd.None;
    }

    /// <summary>RFC 7143 section 11.18: immediate, its own tag reserved, the target's repeated.</summary>
    private bool SelectPong(Span<byte> header)
    {
        if (!_pings.TryTake(out uint targetTag, out ulong lun)) return false;
        new NopOutPdu
        {
            IsImmediate = true, Lun = lun, InitiatorTag = PduHeader.NoTag, TargetTag = targetTag, Sequence = Sequence,
        }.Emit(header);
        return true;
    }

    /// <summary>A command is late: first it alone is to be ended; the second time the logical unit is reset.</summary>
    private bool SelectTaskRequest(Span<byte> header, Instant now)
    {
        if (!_doomed.IsSet || _doomed.IsSent) return false;
        _doomed.IsSent = true;
        _doomed.ResetCmdSn = _cmdSn;
        _requestTag = NextTag(TaskRequestSlot);
        _requestDeadline = now + RequestTimeMax;
        new TaskRequestPdu
        {
            IsImmediate = true,
            Function = _doomed.MustReset ? TaskRequestPdu.LogicalUnitReset : TaskRequestPdu.AbortTask,
            Lun = _doomed.Lun,
            InitiatorTag = _requestTag,
            ReferencedTag = _doomed.MustReset ? PduHeader.NoTag : _doomed.Tag,
            ReferencedCmdSn = _doomed.MustReset ? default : _doomed.CmdSn,
            Sequence = Sequence,
        }.Emit(header);
        return true;
    }

    /// <summary>Section 4.2.4.2: unsolicited data goes out in the order of its commands, so it is sent whole before the
    /// next command.</summary>
    private bool SelectUnsolicited(Span<byte> header, out ReadOnlyMemory<byte> data)
    {
        data = default;
        if (_unsolicited is not { } task) return false;
        data = EmitData(header, task, ref task.Unsolicited);
        if (task.Unsolicited.LeftBytes == 0) _unsolicited = null;
        return true;
    }

    private bool SelectSolicited(Span<byte> header, out ReadOnlyMemory<byte> data)
    {
        data = default;
        if (AtTargetCount == 0) return false;
        ScsiTask? first = null;
        foreach (ScsiTask? task in _atTarget)
        {
            if (task is null || task.Bursts.Count == 0) continue;
            if (first is null || task.CmdSn < first.CmdSn) first = task;
        }
        if (first is null) return false;
        ref DataBurst burst = ref first.Bursts.First;
        data = EmitData(header, first, ref burst);
        if (burst.LeftBytes == 0) first.Bursts.RemoveFirst();
        return true;
    }

    /// <summary>The next Data-Out of a sequence, as long as the target accepts.</summary>
    private ReadOnlyMemory<byte> EmitData(Span<byte> header, ScsiTask task, ref DataBurst burst)
    {
        int countBytes = Math.Min(burst.LeftBytes, _parameters.SendSegmentBytesMax);
        ReadOnlyMemory<byte> data = task.Source.Slice(burst.Offset, countBytes);
        new DataOutPdu
        {
            IsFinal = countBytes == burst.LeftBytes,
            Lun = burst.Lun,
            InitiatorTag = task.Tag,
            TargetTag = burst.TargetTag,
            ExpStatSn = _expStatSn,
            DataSn = burst.DataSn++,
            BufferOffset = (uint)burst.Offset,
            DataBytes = countBytes,
        }.Emit(header);
        burst.Offset += countBytes;
        burst.LeftBytes -= countBytes;
        _writing = task;
        return data;
    }

    private bool SelectCommand(Span<byte> header, Instant now, out ReadOnlyMemory<byte> data)
    {
        data = default;
        if (_waiting.Count == 0 || _isLogoutWanted || _cmdSn > _maxCmdSn) return false;
        ScsiTask task = _waiting.Dequeue();
        int slot = Array.IndexOf(_atTarget, null);
        _atTarget[slot] = task;
        AtTargetCount++;
        task.Tag = NextTag((uint)slot);
        task.CmdSn = _cmdSn;
        task.StartedAt = now;
        int writeBytes = task.Source.Length, firstBytes = Math.Min(writeBytes, _parameters.FirstBurstBytes);
        int immediateBytes = _parameters.ImmediateData ? Math.Min(firstBytes, _parameters.SendSegmentBytesMax) : 0;
        task.PromisedBytes = _parameters.InitialR2T ? immediateBytes : firstBytes;
        data = task.Source[..immediateBytes];
        new ScsiCommandPdu
        {
            IsFinal = task.PromisedBytes == immediateBytes,
            IsRead = task.Target.Length > 0,
            IsWrite = writeBytes > 0,
            Lun = task.Lun,
            InitiatorTag = task.Tag,
            TransferBytes = (uint)(writeBytes + task.Target.Length),
            Sequence = Sequence,
            Cdb = task.Cdb,
            DataBytes = immediateBytes,
        }.Emit(header);
        _cmdSn += 1;
        if (immediateBytes > 0) _writing = task;
        if (task.PromisedBytes == immediateBytes) return true;
        task.Unsolicited = new DataBurst
        {
            TargetTag = PduHeader.NoTag, Offset = immediateBytes, LeftBytes = task.PromisedBytes - immediateBytes,
        };
        _unsolicited = task;
        return true;
    }

    private bool SelectLogout(Span<byte> header, Instant now)
    {
        if (!_isLogoutWanted || _isLogoutSent || AtTargetCount > 0 && !_isLogoutDue) return false;
        _isLogoutSent = true;
        _requestTag = NextTag(LogoutSlot);
        _requestDeadline = now + RequestTimeMax;
        new LogoutRequestPdu
        {
            IsImmediate = true, Reason = LogoutRequestPdu.CloseSession, InitiatorTag = _requestTag, Sequence = Sequence,
        }.Emit(header);
        return true;
    }
}
