using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiConnection : IModelConversation
{
    private readonly List<ModelScsiTask> _tasks = [];
    private uint _nextTargetTag = 0x100;

    /// <summary>When <see cref="Poll"/> is due.</summary>
    public Instant NextDeadline =>
        IsClosed ? Instant.Never : _tasks.Select(task => task.DueAt).Aggregate(Instant.Never, Instant.Earlier);

    /// <summary>Carries out what is due; then there may be something to be taken.</summary>
    public void Poll(Instant now)
    {
        foreach (ModelScsiTask task in _tasks.Where(task => task.DueAt <= now).ToArray()) Execute(task);
    }

    /// <summary>Says something of its own.</summary>
    public void SendAsync(byte kind, ushort parameter1, ushort parameter2, ushort parameter3) => SendPdu(header =>
        new AsyncPdu
        {
            Event = kind, Parameter1 = parameter1, Parameter2 = parameter2, Parameter3 = parameter3,
            Sequence = Numbers(usesOne: true),
        }.Emit(header));

    /// <summary>Sends a PDU as it is.</summary>
    public void SendRaw(byte[] header, byte[] data) => Send(header, data);

    /// <summary>Pings the initiator.</summary>
    public void SendPing() => Ping();

    /// <summary>The three numbers as they are now.</summary>
    public TargetSequence Sequence(bool usesOne) => Numbers(usesOne);

    /// <summary>Handles a PDU of full feature phase; false: none that it knows.</summary>
    private bool HandleFullFeature(byte opcode, byte[] header, byte[] data)
    {
        target.PdusIn[opcode]++;
        target.SegmentBytesLargest = Math.Max(target.SegmentBytesLargest, data.Length);
        Demand(data.Length <= target.ReceiveSegmentBytesMax, "a data segment that is not too long");
        switch (opcode)
        {
            case IscsiOpcode.ScsiCommand:
                Demand(ScsiCommandPdu.TryRead(header, out ScsiCommandPdu command, out _), "a SCSI command");
                HandleCommand(command, header, data);
                return true;
            case IscsiOpcode.DataOut:
                Demand(DataOutPdu.TryRead(header, out DataOutPdu dataOut, out _), "Data-Out");
                HandleDataOut(dataOut, data);
                return true;
            case IscsiOpcode.TaskRequest:
                Demand(TaskRequestPdu.TryRead(header, out TaskRequestPdu request, out _), "a task request");
                HandleTaskRequest(request);
                return true;
            default:
                return false;
        }
    }

    private void HandleCommand(in ScsiCommandPdu command, byte[] header, byte[] data)
    {
        Demand(command.Sequence.CmdSn == _expCmdSn, "the next CmdSN");
        Demand(command.Sequence.ExpStatSn <= _statSn, "an ExpStatSN that has been sent");
        Demand(command.Sequence.CmdSn <= _maxCmdSn, "a command inside the window");
        _expCmdSn += 1;
        target.Commands[command.Cdb.Opcode]++;
        var task = new ModelScsiTask(command);
        uint tag = command.InitiatorTag;
        Demand(tag != PduHeader.NoTag && _tasks.All(other => other.Command.InitiatorTag != tag), "a new tag");
        if (target.Answer(command) is { } answer)
        {
            GiveAnswer(task, answer, header);
            return;
        }
        _tasks.Add(task);
        target.CommandsAtOnce = Math.Max(target.CommandsAtOnce, _tasks.Count);
        if (command.IsWrite) BeginWrite(task, data);
        else Schedule(task);
    }

    private void GiveAnswer(ModelScsiTask task, ModelScsiAnswer answer, byte[] header)
    {
        if (answer.IsSilence)
        {
            task.IsSilent = true;
            _tasks.Add(task);
        }
        else if (answer.RejectReason is { } reason) SendReject(reason, header);
        else Respond(task, answer.Status, answer.Segment, answer.Response);
    }

    private void SendReject(byte reason, byte[] rejected) => SendPdu(
        header => new RejectPdu { Reason = reason, Sequence = Numbers(usesOne: true) }.Emit(header), rejected);

    private void BeginWrite(ModelScsiTask task, byte[] data)
    {
        bool hasImmediate = Settled.GetValueOrDefault("ImmediateData") == "Yes";
        bool hasUnsolicited = Settled.GetValueOrDefault("InitialR2T") == "No";
        int first = Math.Min(task.Data.Length, int.Parse(Settled["FirstBurstLength"]));
        Demand(data.Length <= (hasImmediate ? first : 0), "no more immediate data than agreed");
        Demand(task.Command.IsFinal || hasUnsolicited, "no unsolicited data");
        task.UnsolicitedBytes = task.Command.IsFinal ? data.Length : first;
        Demand(!task.Command.IsFinal || !hasUnsolicited || data.Length == first, "all data that may come by itself");
        task.SequenceEnd = task.UnsolicitedBytes;
        task.AskedBytes = task.UnsolicitedBytes;
        Take(task, 0, data);
    }

    private void HandleDataOut(in DataOutPdu pdu, byte[] data)
    {
        uint tag = pdu.InitiatorTag;
        ModelScsiTask? task = _tasks.FirstOrDefault(task => task.Command.InitiatorTag == tag);
        if (task is null || task.IsSilent) return;   // it has ended meanwhile
        Demand(pdu.TargetTag == task.TargetTag, "the R2T's tag");
        Demand(pdu.DataSn == task.DataSn, "the next DataSN");
        Demand(pdu.BufferOffset == (uint)task.ReceivedBytes, "data in order");
        Demand(data.Length > 0 && data.Length <= task.SequenceEnd - task.ReceivedBytes, "no more than was asked for");
        Demand(pdu.IsFinal == (task.ReceivedBytes + data.Length == task.SequenceEnd), "the final bit at the end");
        Demand(pdu.IsFinal || data.Length == target.ReceiveSegmentBytesMax, "segments as long as they may be");
        task.DataSn++;
        Take(task, task.ReceivedBytes, data);
    }

    private void Take(ModelScsiTask task, int offset, byte[] data)
    {
        data.CopyTo(task.Data, offset);
        task.ReceivedBytes += data.Length;
        if (task.ReceivedBytes < task.SequenceEnd) return;
        if (task.ReceivedBytes == task.Data.Length) Schedule(task);
        else AskForData(task);
    }

    private void AskForData(ModelScsiTask task)
    {
        int burst = Math.Min(task.Data.Length - task.ReceivedBytes, int.Parse(Settled["MaxBurstLength"]));
        task.TargetTag = _nextTargetTag++;
        task.DataSn = 0;
        task.SequenceEnd = task.ReceivedBytes + burst;
        SendPdu(header => new ReadyToTransferPdu
        {
            Lun = task.Command.Lun, InitiatorTag = task.Command.InitiatorTag, TargetTag = task.TargetTag,
            R2tSn = task.R2tSn++, BufferOffset = (uint)task.ReceivedBytes, DesiredBytes = (uint)burst,
            Sequence = Numbers(usesOne: false),
        }.Emit(header));
    }

    private void HandleTaskRequest(TaskRequestPdu request)
    {
        Demand(request.IsImmediate, "an immediate task request");
        target.TaskRequests.Add(request.Function);
        if (target.TaskResponse is not { } response) return;
        if (response == TaskResponsePdu.Complete)
        {
            bool isAbort = request.Function == TaskRequestPdu.AbortTask;
            int ended = _tasks.RemoveAll(task =>
                isAbort ? task.Command.InitiatorTag == request.ReferencedTag : task.Command.Lun == request.Lun);
            if (isAbort && ended == 0) response = TaskResponsePdu.NoSuchTask;
        }
        SendPdu(header => new TaskResponsePdu
        {
            Response = response, InitiatorTag = request.InitiatorTag, Sequence = Numbers(usesOne: true),
        }.Emit(header));
    }

    private void Schedule(ModelScsiTask task)
    {
        if (target.Slowness > Duration.Zero) task.DueAt = target.Clock() + target.Slowness;
        else Execute(task);
    }

    private void Respond(
        ModelScsiTask task, byte status, byte[] segment, byte response = 0, Residual residual = default,
        uint dataSn = 0)
    {
        _tasks.Remove(task);
        SendPdu(
            header => new ScsiResponsePdu
            {
                Response = response, Status = status, InitiatorTag = task.Command.InitiatorTag,
                Sequence = Numbers(usesOne: true), Residual = residual, ExpDataSn = dataSn,
            }.Emit(header),
            segment);
    }

    /// <summary>Data of a command that reads, cut to what fits into a PDU and a burst.</summary>
    private void RespondWithData(ModelScsiTask task, ReadOnlySpan<byte> data)
    {
        int wanted = (int)task.Command.TransferBytes, count = Math.Min(wanted, data.Length);
        Residual residual = data.Length > wanted
            ? new Residual((uint)(data.Length - wanted), true) : new Residual((uint)(wanted - count), false);
        int segmentMax = Math.Min(
            target.DataInBytesMax, int.Parse(Settled.GetValueOrDefault("MaxRecvDataSegmentLength", "8192")));
        int burstMax = int.Parse(Settled.GetValueOrDefault("MaxBurstLength", "262144")), burst = 0;
        uint dataSn = 0;
        bool isStatusApart = !target.StatusInData || count == 0;
        for (int at = 0; at < count;)
        {
            int bytes = Math.Min(Math.Min(segmentMax, burstMax - burst), count - at);
            bool isLast = at + bytes == count, hasStatus = isLast && !isStatusApart;
            burst = burst + bytes == burstMax ? 0 : burst + bytes;
            if (hasStatus) _tasks.Remove(task);
            var pdu = new DataInPdu
            {
                IsFinal = isLast || burst == 0, HasStatus = hasStatus, InitiatorTag = task.Command.InitiatorTag,
                TargetTag = PduHeader.NoTag, DataSn = dataSn++, BufferOffset = (uint)at,
                Residual = hasStatus ? residual : default, Sequence = Numbers(usesOne: hasStatus),
            };
            SendPdu(header => pdu.Emit(header), data.Slice(at, bytes).ToArray());
            at += bytes;
        }
        if (isStatusApart) Respond(task, ScsiStatus.Good, [], 0, residual, dataSn);
    }

    private void SendPdu(Func<byte[], int> emit, byte[]? data = null)
    {
        byte[] header = new byte[PduHeader.Bytes];
        emit(header);
        data ??= [];
        target.PdusOut[header[0] & 0x3f]++;
        if (target.TwistPdu is null) Send(header, data);
        else if (target.TwistPdu(header, data) is { } twisted) Send(twisted.Header, twisted.Data);
    }
}
