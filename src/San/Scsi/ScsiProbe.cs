using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Looks a logical unit over before it is used: that it exists, is a disk and is ready, how large it is and
/// whether it may be written to.</summary>
internal sealed class ScsiProbe(Pump pump, IscsiSession session, ulong lun)
{
    /// <summary>A command moves no more; several are under way for more.</summary>
    private const int CommandBytesMax = 256 * 1024;
    /// <summary>How much is moved at once when a request is large enough.</summary>
    private const int OptimalBytes = 4 * CommandBytesMax;
    private const byte AllPages = 0x3f;
    private const int ModeBytes = 192, LunListBytes = 8 + 64 * 8, LunsNamedMax = 16, TimeoutsMax = 2;

    private readonly ScsiTask _task = new();
    private readonly string _disk = $"{session.Target} LUN {LunText.Format(lun)}";

    /// <summary>Does it.</summary>
    /// <exception cref="BootFailure">It cannot be used as a disk, or the session has ended.</exception>
    public async Task<DiskTraits> RunAsync(CancellationToken stop)
    {
        byte kind = await IdentifyAsync(stop);
        await ExecuteAsync(ScsiCdb.TestUnitReady, default, stop);
        DiskCapacity capacity = await MeasureAsync(stop);
        bool isReadOnly = kind == InquiryData.CdRom || await IsWriteProtectedAsync(stop);
        int blockBytes = (int)capacity.BlockBytes;
        int commandBlocks = Math.Max(1, CommandBytesMax / blockBytes);
        if (kind == InquiryData.Disk && await LimitAsync(stop) is > 0 and uint limit)
            commandBlocks = (int)Math.Min((uint)commandBlocks, limit);
        var geometry = new DiskGeometry(
            blockBytes, capacity.BlockCount, isReadOnly, (uint)Math.Max(1, OptimalBytes / blockBytes));
        return new DiskTraits(geometry, commandBlocks);
    }

    private async Task<byte> IdentifyAsync(CancellationToken stop)
    {
        byte[] answer = new byte[InquiryData.Bytes];
        InquiryData data;
        try
        {
            int bytes = await ExecuteAsync(ScsiCdb.Inquiry(InquiryData.Bytes), answer, stop);
            if (!InquiryData.TryRead(answer.AsSpan(0, bytes), out data, out _))
                throw new BootFailure(SanFailure.CommandFailed, $"{_disk} does not say what it is");
        }
        catch (BootFailure failure) when (failure.Kind == SanFailure.LunMissing)
        {
            data = default;
        }
        if (!data.IsConnected)
        {
            string others = await ListOthersAsync(stop);
            throw new BootFailure(
                SanFailure.LunMissing,
                $"The iSCSI target {session.Target} has no LUN {LunText.Format(lun)}{others}");
        }
        if (data.Kind is InquiryData.Disk or InquiryData.CdRom or InquiryData.SimpleDisk) return data.Kind;
        string list = await ListOthersAsync(stop);
        throw new BootFailure(SanFailure.NotADisk, $"{_disk} is no disk but of SCSI type 0x{data.Kind:x2}{list}");
    }

    /// <summary>What the target has instead, as the end of a sentence; nothing if it does not tell.</summary>
    private async Task<string> ListOthersAsync(CancellationToken stop)
    {
        byte[] answer = new byte[LunListBytes];
        try
        {
            int bytes = await ExecuteAsync(ScsiCdb.ReportLuns(LunListBytes), answer, stop, toUnit: 0);
            return Describe(answer.AsSpan(0, bytes));
        }
        catch (BootFailure)
        {
            return "";   // the first failure is the one that matters
        }
    }

    private static string Describe(ReadOnlySpan<byte> answer)
    {
        if (!LunListView.TryRead(answer, out LunListView list, out _) || list.Count == 0) return "";
        var text = new StringBuilder(list.Count == 1 ? "; it has LUN " : "; it has LUNs ");
        for (int i = 0; i < list.Count && i < LunsNamedMax; i++)
        {
            if (i > 0) text.Append(", ");
            text.Append(LunText.Format(list[i]));
        }
        if (list.Count > LunsNamedMax) text.Append(" and more");
        return text.ToString();
    }

    private async Task<DiskCapacity> MeasureAsync(CancellationToken stop)
    {
        byte[] answer = new byte[DiskCapacity.Bytes16];
        int bytes = await ExecuteAsync(ScsiCdb.ReadCapacity10, answer.AsMemory(0, DiskCapacity.Bytes10), stop);
        bool isGood = DiskCapacity.TryRead10(answer.AsSpan(0, bytes), out DiskCapacity capacity, out _);
        if (isGood && capacity.NeedsReadCapacity16)
        {
            bytes = await ExecuteAsync(ScsiCdb.ReadCapacity16(DiskCapacity.Bytes16), answer, stop);
            isGood = DiskCapacity.TryRead16(answer.AsSpan(0, bytes), out capacity, out _);
        }
        if (isGood) return capacity;
        string said = bytes < 8 ? "too little"
            : $"blocks of {BigEndian.ReadU32(answer, bytes > 8 ? 8 : 4)} bytes";
        throw new BootFailure(SanFailure.BadCapacity, $"{_disk} has a size that cannot be used: it reports {said}");
    }

    /// <summary>Disks that know neither form of the command may be written to.</summary>
    private async Task<bool> IsWriteProtectedAsync(CancellationToken stop)
    {
        byte[] answer = new byte[ModeBytes];
        int bytes = await TryExecuteAsync(ScsiCdb.ModeSense6(AllPages, ModeBytes), answer, stop);
        if (ModeParameters.TryRead6(answer.AsSpan(0, bytes), out ModeParameters mode, out _))
            return mode.IsWriteProtected;
        bytes = await TryExecuteAsync(ScsiCdb.ModeSense10(AllPages, ModeBytes), answer, stop);
        return ModeParameters.TryRead10(answer.AsSpan(0, bytes), out mode, out _) && mode.IsWriteProtected;
    }

    private async Task<uint> LimitAsync(CancellationToken stop)
    {
        byte[] answer = new byte[BlockLimits.Bytes];
        int bytes = await TryExecuteAsync(ScsiCdb.InquiryPage(BlockLimits.Page, BlockLimits.Bytes), answer, stop);
        return BlockLimits.TryRead(answer.AsSpan(0, bytes), out BlockLimits limits, out _) ? limits.BlocksMax : 0;
    }

    /// <summary>A command that not each disk knows: returns 0 bytes where it fails.</summary>
    private async Task<int> TryExecuteAsync(ScsiCdb cdb, Memory<byte> target, CancellationToken stop)
    {
        try
        {
            return await ExecuteAsync(cdb, target, stop);
        }
        catch (BootFailure) when (!session.IsOver)
        {
            return 0;
        }
    }

    /// <summary>Runs one command, repeating it where that can help; returns the number of bytes read.</summary>
    private async Task<int> ExecuteAsync(ScsiCdb cdb, Memory<byte> target, CancellationToken stop, ulong? toUnit = null)
    {
        var patience = new ScsiPatience(TimeoutsMax);
        _task.WantRead(cdb, target);
        _task.Lun = toUnit ?? lun;
        while (true)
        {
            if (session.Failure is { } loss) throw loss;
            session.Start(_task);
            while (_task.End == TaskEnd.None) await session.WhenEndedAsync(stop);
            ScsiVerdict verdict = ScsiVerdict.On(_task);
            if (verdict.Action == ScsiAction.None) return _task.ReceivedBytes;
            if (verdict.Action == ScsiAction.Reinstate) throw session.Failure!;
            if (!patience.TryTake(verdict, out Duration pause)) throw verdict.CreateFailure(_disk, _task);
            if (pause > Duration.Zero) await pump.Delay(pause, stop);
        }
    }
}
