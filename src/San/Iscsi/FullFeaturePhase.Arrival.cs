using System;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

// What comes in. A PDU is begun when its header is there and finished when its data is where it belongs.
internal sealed partial class FullFeaturePhase
{
    /// <summary>The longest time a target may have us stay away.</summary>
    private static readonly Duration ReopenAfterMax = Duration.FromSeconds(60);
    /// <summary>Commands at the target have so long to end before we log out because the target wants it.</summary>
    private static readonly Duration DrainTimeMax = Duration.FromSeconds(5);

    private const byte NoKind = 0xff;

    private readonly PingQueue _pings = new();
    private readonly byte[] _rejected = new byte[PduHeader.Bytes];
    private DataInPdu _dataIn;
    private ScsiResponsePdu _response;
    private RejectPdu _reject;
    private ScsiTask? _arriving;
    private byte _arrivingKind = NoKind;

    /// <summary>Takes in a header. Returns where the data segment's beginning belongs; data beyond that is of no
    /// use.</summary>
    public Memory<byte> Begin(ReadOnlySpan<byte> header, Instant now)
    {
        _arrivingKind = NoKind;
        if (!PduHeader.TryRead(header, out PduHeader pdu, out _)) throw Broken("a header is too short");
        switch (pdu.Opcode)
        {
            case IscsiOpcode.DataIn:
                return BeginDataIn(header);
            case IscsiOpcode.ScsiResponse:
                return BeginResponse(header);
            case IscsiOpcode.Reject:
                return BeginReject(header);
            case IscsiOpcode.ReadyToTransfer:
                HandleReadyToTransfer(header, now);
                return default;
            case IscsiOpcode.NopIn:
                HandleNopIn(header);
                return default;
            case IscsiOpcode.TaskResponse:
                HandleTaskResponse(header);
                return default;
            case IscsiOpcode.Async:
                HandleAsync(header, now);
                return default;
            case IscsiOpcode.LogoutResponse:
                HandleLogoutResponse(header);
                return default;
            default:
                throw Broken($"PDU of kind 0x{pdu.Opcode:x2}");   // answers to what we never ask, and unknown ones
        }
    }

    /// <summary>The data is in its place.</summary>
    public void Finish(Instant now)
    {
        byte kind = _arrivingKind;
        _arrivingKind = NoKind;
        if (kind == IscsiOpcode.DataIn) FinishDataIn(now);
        else if (kind == IscsiOpcode.ScsiResponse) FinishResponse(now);
        else if (kind == IscsiOpcode.Reject) FinishReject();
    }

    /// <summary>Data comes in order, for so the login has settled it (DataPDUInOrder, DataSequenceInOrder): each PDU
    /// starts where the last ended and has the next number.</summary>
    private Memory<byte> BeginDataIn(ReadOnlySpan<byte> header)
    {
        if (!DataInPdu.TryRead(header, out _dataIn, out _)) throw Broken("malformed Data-In");
        Take(_dataIn.Sequence, _dataIn.HasStatus);
        if (FindOrCount(_dataIn.InitiatorTag) is not { } task) return default;
        if (_dataIn.DataSn != task.NextDataSn) throw Broken("Data-In out of order");
        if (_dataIn.BufferOffset != (uint)task.ReceivedBytes) throw Broken("Data-In at a wrong offset");
        if (_dataIn.DataBytes > task.Target.Length - task.ReceivedBytes) throw Broken("more data than was asked for");
        (_arriving, _arrivingKind) = (task, IscsiOpcode.DataIn);
        return task.Target.Slice(task.ReceivedBytes, _dataIn.DataBytes);
    }

    private void FinishDataIn(Instant now)
    {
        ScsiTask task = _arriving!;
        task.NextDataSn++;
        task.ReceivedBytes += _dataIn.DataBytes;
        if (_dataIn.DataBytes > 0) _progressAt = now;
        if (!_dataIn.HasStatus) return;
        (task.Status, task.Residual) = (_dataIn.Status, _dataIn.Residual);
        _progressAt = now;
        End(task, TaskEnd.Answered);
    }

    private Memory<byte> BeginResponse(ReadOnlySpan<byte> header)
    {
        if (!ScsiResponsePdu.TryRead(header, out _response, out _)) throw Broken("malformed SCSI response");
        Take(_response.Sequence, hasStatus: true);
        if (FindOrCount(_response.InitiatorTag) is not { } task) return default;
        (_arriving, _arrivingKind) = (task, IscsiOpcode.ScsiResponse);
        return task.ResponseRoom(_response.DataBytes);
    }

    private void FinishResponse(Instant now)
    {
        ScsiTask task = _arriving!;
        (task.Response, task.Status, task.Residual) = (_response.Response, _response.Status, _response.Residual);
        _progressAt = now;
        End(task, TaskEnd.Answered);
    }

    /// <summary>R2Ts come in order too, and ask for no more than a burst: each starts where the last, or the
    /// unsolicited data, ended.</summary>
    private void HandleReadyToTransfer(ReadOnlySpan<byte> header, Instant now)
    {
        if (!ReadyToTransferPdu.TryRead(header, out ReadyToTransferPdu pdu, out _)) throw Broken("malformed R2T");
        Take(pdu.Sequence, hasStatus: false);
        if (FindOrCount(pdu.InitiatorTag) is not { } task) return;
        if (pdu.R2tSn != task.NextR2tSn) throw Broken("R2T out of order");
        if (pdu.BufferOffset != (uint)task.PromisedBytes) throw Broken("R2T at a wrong offset");
        if (pdu.DesiredBytes > (uint)(task.Source.Length - task.PromisedBytes))
            throw Broken("R2T for more data than there is");
        if (pdu.TargetTag == PduHeader.NoTag) throw Broken("R2T without a tag");
        if (task.Bursts.Count == Math.Min(_parameters.MaxOutstandingR2T, BurstQueue.CountMax))
            throw Broken("too many R2Ts at once");
        task.Bursts.Add(new DataBurst
        {
            TargetTag = pdu.TargetTag, Lun = pdu.Lun, Offset = task.PromisedBytes, LeftBytes = (int)pdu.DesiredBytes,
        });
        task.NextR2tSn++;
        task.PromisedBytes += (int)pdu.DesiredBytes;
        _progressAt = now;
        HasWork = true;
    }

    private void HandleNopIn(ReadOnlySpan<byte> header)
    {
        if (!NopInPdu.TryRead(header, out NopInPdu pdu, out _)) throw Broken("malformed NOP-In");
        Take(pdu.Sequence, hasStatus: pdu.InitiatorTag != PduHeader.NoTag);
        if (pdu.TargetTag == PduHeader.NoTag) return;
        if (!_pings.TryAdd(pdu.TargetTag, pdu.Lun)) throw Broken("a flood of pings");
        HasWork = true;
    }

    private void HandleTaskResponse(ReadOnlySpan<byte> header)
    {
        if (!TaskResponsePdu.TryRead(header, out TaskResponsePdu pdu, out _)) throw Broken("malformed task response");
        Take(pdu.Sequence, hasStatus: true);
        if (!_doomed.IsSent || pdu.InitiatorTag != _requestTag)
        {
            StrayPdus++;
            return;
        }
        bool isDone = pdu.Response == TaskResponsePdu.Complete
            || pdu.Response == TaskResponsePdu.NoSuchTask && !_doomed.MustReset;
        if (!isDone)
        {
            throw new BootFailure(
                SanFailure.TargetSilent,
                $"The iSCSI target {_target} does not answer a command and does not end it (response {pdu.Response})");
        }
        DoomedTask late = _doomed;
        ForgetRequest();
        if (late.MustReset) EndUnit(late.Lun, late.ResetCmdSn);
        else if (Find(late.Tag) is { } task) End(task, TaskEnd.TimedOut);
    }

    /// <summary>A logical unit was reset: all commands are gone that it had then.</summary>
    private void EndUnit(ulong lun, SeqNumber before)
    {
        for (int i = 0; i < TasksMax; i++)
        {
            if (_atTarget[i] is { } task && task.Lun == lun && task.CmdSn < before)
                End(task, TaskEnd.TimedOut);
        }
    }

    /// <summary>RFC 7143 section 11.9.1.</summary>
    private void HandleAsync(ReadOnlySpan<byte> header, Instant now)
    {
        if (!AsyncPdu.TryRead(header, out AsyncPdu pdu, out _)) throw Broken("malformed asynchronous message");
        Take(pdu.Sequence, hasStatus: true);
        switch (pdu.Event)
        {
            case AsyncPdu.LogoutWanted:
            case AsyncPdu.NegotiationWanted:   // the login that follows the logout negotiates everything anew
                Duration limit = Duration.FromSeconds(pdu.Parameter3);
                AskForLogout(now + (limit < DrainTimeMax ? limit : DrainTimeMax));
                break;
            case AsyncPdu.ConnectionDropped:
            case AsyncPdu.SessionDropped:
                Duration pause = Duration.FromSeconds(pdu.Parameter2);
                ReopenAfter = pause < ReopenAfterMax ? pause : ReopenAfterMax;
                throw new BootFailure(SanFailure.SessionEnded, $"The iSCSI target {_target} drops the connection");
            case AsyncPdu.TasksEnded:
                throw new BootFailure(SanFailure.SessionEnded, $"The iSCSI target {_target} has ended all commands");
        }
    }

    private void HandleLogoutResponse(ReadOnlySpan<byte> header)
    {
        if (!LogoutResponsePdu.TryRead(header, out LogoutResponsePdu pdu, out _))
            throw Broken("malformed logout response");
        Take(pdu.Sequence, hasStatus: true);
        if (!_isLogoutSent || pdu.InitiatorTag != _requestTag) throw Broken("a logout response to nothing");
        Duration pause = Duration.FromSeconds(pdu.TimeToWait);
        ReopenAfter = pause < ReopenAfterMax ? pause : ReopenAfterMax;
        _requestDeadline = Instant.Never;
        IsLoggedOut = true;   // whatever the response says, for us the session is over
    }

    private Memory<byte> BeginReject(ReadOnlySpan<byte> header)
    {
        if (!RejectPdu.TryRead(header, out _reject, out _)) throw Broken("malformed Reject");
        Take(_reject.Sequence, hasStatus: true);
        _arrivingKind = IscsiOpcode.Reject;
        _rejected.AsSpan().Clear();
        return _rejected.AsMemory(0, Math.Min(_reject.DataBytes, _rejected.Length));
    }

    /// <summary>RFC 7143 section 11.17. Whether the target counts a rejected command's CmdSN is up to its reason, so we
    /// start over with a new session, but where the command lives on or nothing depends on it.</summary>
    private void FinishReject()
    {
        bool isHeader = _reject.DataBytes >= PduHeader.Bytes;
        if (isHeader && PduHeader.TryRead(_rejected, out PduHeader rejected, out _))
        {
            if (rejected.Opcode == IscsiOpcode.NopOut) return;
            // section 7.8: the data that the target dropped will end its command, with a CHECK CONDITION
            if (rejected.Opcode == IscsiOpcode.DataOut && _reject.Reason == RejectPdu.DataDigestError) return;
        }
        throw new BootFailure(
            SanFailure.Rejected,
            $"The iSCSI target {_target} rejected a request: {ReasonOf(_reject.Reason)}");
    }

    private static string ReasonOf(byte reason) => reason switch
    {
        RejectPdu.DataDigestError => "its data arrived damaged",
        RejectPdu.SnackReject => "no data is sent again",
        RejectPdu.ProtocolError => "it is against the protocol",
        RejectPdu.NotSupported => "it is not supported",
        RejectPdu.ImmediateCommandReject => "too many immediate commands",
        RejectPdu.TaskInProgress => "it is being carried out already",
        RejectPdu.InvalidDataAcknowledgement => "invalid acknowledgement of data",
        RejectPdu.InvalidField => "a field is invalid",
        RejectPdu.OutOfResources => "the target has no resources left",
        RejectPdu.NegotiationReset => "the negotiation was reset",
        RejectPdu.WaitingForLogout => "the target waits for a logout",
        _ => $"reason 0x{reason:x2}",
    };

    private ScsiTask? FindOrCount(uint tag)
    {
        ScsiTask? task = Find(tag);
        if (task is null) StrayPdus++;
        return task;
    }

    /// <summary>The window (section 4.2.2.1) and the number expected next. A status with another number than that is
    /// taken as it is, as other initiators do: on one connection nothing gets lost on the way, and the deadline finds a
    /// command whose answer never comes.</summary>
    private void Take(in TargetSequence sequence, bool hasStatus)
    {
        if (sequence.MaxCmdSn >= sequence.ExpCmdSn - 1 && sequence.MaxCmdSn > _maxCmdSn)
        {
            _maxCmdSn = sequence.MaxCmdSn;
            HasWork |= _waiting.Count > 0;
        }
        if (hasStatus) _expStatSn = sequence.StatSn + 1;
    }
}
