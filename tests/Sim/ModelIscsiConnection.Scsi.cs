using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiConnection
{
    /// <summary>Carries out a command whose data is there.</summary>
    private void Execute(ModelScsiTask task)
    {
        task.DueAt = Bootlace.Net.Instant.Never;
        ScsiCdb cdb = task.Command.Cdb;
        if (cdb.Opcode == ScsiOpcode.ReportLuns)
        {
            RespondWithData(task, LunList());
            return;
        }
        if (!target.Disks.TryGetValue(task.Command.Lun, out ModelLun? disk))
        {
            ExecuteWithoutDisk(task);
            return;
        }
        switch (cdb.Opcode)
        {
            case ScsiOpcode.TestUnitReady:
                Respond(task, ScsiStatus.Good, []);
                break;
            case ScsiOpcode.Inquiry:
                Inquire(task, disk);
                break;
            case ScsiOpcode.ReadCapacity10:
                byte[] capacity10 = new byte[DiskCapacity.Bytes10];
                new DiskCapacity(disk.BlockCount - 1, (uint)disk.BlockBytes, 1).Emit10(capacity10);
                RespondWithData(task, disk.Capacity10 ?? capacity10);
                break;
            case ScsiOpcode.ServiceActionIn16 when cdb.IsReadCapacity16:
                byte[] capacity16 = new byte[DiskCapacity.Bytes16];
                new DiskCapacity(disk.BlockCount - 1, (uint)disk.BlockBytes, 1).Emit16(capacity16);
                RespondWithData(task, disk.Capacity16 ?? capacity16);
                break;
            case ScsiOpcode.ModeSense6 when disk.KnowsModeSense6:
                byte[] mode6 = new byte[ModeParameters.Bytes6];
                new ModeParameters(disk.IsReadOnly).Emit6(mode6);
                RespondWithData(task, mode6);
                break;
            case ScsiOpcode.ModeSense10:
                byte[] mode10 = new byte[ModeParameters.Bytes10];
                new ModeParameters(disk.IsReadOnly).Emit10(mode10);
                RespondWithData(task, mode10);
                break;
            case ScsiOpcode.Read10 or ScsiOpcode.Read16:
                Read(task, disk);
                break;
            case ScsiOpcode.Write10 or ScsiOpcode.Write16:
                Write(task, disk);
                break;
            case ScsiOpcode.SynchronizeCache10 or ScsiOpcode.SynchronizeCache16 when disk.HasCache:
                Respond(task, ScsiStatus.Good, []);
                break;
            default:
                RespondWithSense(task, SenseKey.IllegalRequest, 0x2000);
                break;
        }
    }

    private void ExecuteWithoutDisk(ModelScsiTask task)
    {
        if (task.Command.Cdb.Opcode != ScsiOpcode.Inquiry)
        {
            RespondWithSense(task, SenseKey.IllegalRequest, 0x2500);
            return;
        }
        byte[] nothing = new byte[InquiryData.Bytes];
        new InquiryData(0x1f, false, false).Emit(nothing);
        RespondWithData(task, nothing);
    }

    private void Inquire(ModelScsiTask task, ModelLun disk)
    {
        byte[] answer;
        if (!task.Command.Cdb.IsVitalProduct)
        {
            answer = new byte[InquiryData.Bytes];
            new InquiryData(disk.Kind, true, false).Emit(answer);
        }
        else if (task.Command.Cdb.Page == BlockLimits.Page && disk.BlocksMax > 0)
        {
            answer = new byte[BlockLimits.Bytes];
            new BlockLimits(disk.BlocksMax).Emit(answer);
        }
        else
        {
            RespondWithSense(task, SenseKey.IllegalRequest, 0x2400);
            return;
        }
        RespondWithData(task, answer);
    }

    private void Read(ModelScsiTask task, ModelLun disk)
    {
        if (!IsInside(task, disk)) return;
        RespondWithData(task, disk.Read(task.Command.Cdb.FirstBlock, task.Command.Cdb.BlockCount));
    }

    private void Write(ModelScsiTask task, ModelLun disk)
    {
        Demand(task.Data.Length == task.Command.Cdb.BlockCount * disk.BlockBytes, "as many bytes as the CDB says");
        if (!IsInside(task, disk)) return;
        if (disk.IsReadOnly)
        {
            RespondWithSense(task, SenseKey.DataProtect, 0x2700);
            return;
        }
        disk.Write(task.Command.Cdb.FirstBlock, task.Data);
        Respond(task, ScsiStatus.Good, []);
    }

    private bool IsInside(ModelScsiTask task, ModelLun disk)
    {
        ScsiCdb cdb = task.Command.Cdb;
        Demand(disk.BlocksMax == 0 || cdb.BlockCount <= disk.BlocksMax, "no more blocks than it takes");
        if (cdb.FirstBlock <= disk.BlockCount && cdb.BlockCount <= disk.BlockCount - cdb.FirstBlock) return true;
        RespondWithSense(task, SenseKey.IllegalRequest, 0x2100);
        return false;
    }

    private void RespondWithSense(ModelScsiTask task, byte key, ushort code)
    {
        ModelScsiAnswer answer = ModelScsiAnswer.Sense(key, code);
        Respond(task, answer.Status, answer.Segment);
    }

    private byte[] LunList()
    {
        var luns = new List<ulong>(target.Disks.Keys);
        luns.Sort();
        byte[] list = new byte[LunListView.HeaderBytes + luns.Count * LunListView.LunBytes];
        BigEndian.WriteU32(list, 0, (uint)(luns.Count * LunListView.LunBytes));
        for (int i = 0; i < luns.Count; i++)
            BigEndian.WriteU64(list, LunListView.HeaderBytes + i * LunListView.LunBytes, luns[i]);
        return list;
    }
}
