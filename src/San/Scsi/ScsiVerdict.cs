using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>What the end of a command means.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Kind">What has failed, if nothing more can be done; null if nothing has.</param>
/// <param name="Sense">What the disk says about it, if it does.</param>
internal readonly record struct ScsiVerdict(ScsiAction Action, FailureKind? Kind = null, SenseData? Sense = null)
{
    // additional sense codes and qualifiers (SPC-4 annex D)
    private const ushort ManualIntervention = 0x0403, InStandby = 0x040b, Unavailable = 0x040c;
    private const ushort BlockOutOfRange = 0x2100, UnitNotSupported = 0x2500, SpaceAllocationFailed = 0x2707;
    private const int MediumNotPresent = 0x3a;

    /// <summary>The verdict on a command that has ended.</summary>
    public static ScsiVerdict On(ScsiTask task)
    {
        if (task.End == TaskEnd.Lost) return new(ScsiAction.Reinstate);
        if (task.End == TaskEnd.TimedOut) return new(ScsiAction.Repeat, SanFailure.TargetSilent);
        if (task.Response != ScsiResponsePdu.Completed) return new(ScsiAction.RepeatLater, SanFailure.CommandFailed);
        switch (task.Status)
        {
            case ScsiStatus.Good or ScsiStatus.ConditionMet:
                return default;
            case ScsiStatus.CheckCondition:
                if (!task.TryReadSense(out SenseData sense)) return new(ScsiAction.Repeat, SanFailure.CommandFailed);
                // what a deferred error came with was not carried out, however well the earlier command ended
                return sense.IsDeferred ? new(ScsiAction.Repeat, SanFailure.CommandFailed, sense) : On(sense);
            case ScsiStatus.Busy or ScsiStatus.TaskSetFull or ScsiStatus.AcaActive:
                return new(ScsiAction.RepeatLater, SanFailure.DiskBusy);
            case ScsiStatus.ReservationConflict:
                return new(ScsiAction.Fail, SanFailure.DiskReserved);
            case ScsiStatus.TaskAborted:
                return new(ScsiAction.Repeat, SanFailure.CommandFailed);
            default:
                return new(ScsiAction.Fail, SanFailure.CommandFailed);
        }
    }

    /// <summary>The failure to report, about <paramref name="disk"/>.</summary>
    public BootFailure CreateFailure(string disk, ScsiTask task)
    {
        FailureKind kind = Kind ?? SanFailure.CommandFailed;
        string why = task.End == TaskEnd.TimedOut ? "no answer"
            : task.Response != ScsiResponsePdu.Completed ? $"response 0x{task.Response:x2}"
            : Sense is { } sense ? $"{SenseKey.NameOf(sense.Key)}, code 0x{sense.Code:x4}"
            : task.Status == ScsiStatus.CheckCondition ? "no sense data"
            : $"status 0x{task.Status:x2}";
        return new BootFailure(kind, $"{kind.Sentence} ({disk}, command 0x{task.Cdb.Opcode:x2}: {why})");
    }

    private static ScsiVerdict On(SenseData sense) => sense.Key switch
    {
        SenseKey.NoSense or SenseKey.RecoveredError => default,
        SenseKey.UnitAttention => new(ScsiAction.Repeat, SanFailure.KeepsChanging, sense),
        SenseKey.AbortedCommand => new(ScsiAction.Repeat, SanFailure.CommandFailed, sense),
        SenseKey.NotReady => OnNotReady(sense),
        SenseKey.MediumError => new(ScsiAction.Fail, SanFailure.MediumError, sense),
        SenseKey.HardwareError => new(ScsiAction.Fail, SanFailure.HardwareError, sense),
        SenseKey.IllegalRequest => new(
            ScsiAction.Fail,
            sense.Code switch
            {
                UnitNotSupported => SanFailure.LunMissing,
                BlockOutOfRange => SanFailure.OutOfRange,
                _ => SanFailure.CommandRefused,
            },
            sense),
        SenseKey.DataProtect => new(
            ScsiAction.Fail,
            sense.Code == SpaceAllocationFailed ? SanFailure.NoSpace : SanFailure.WriteProtected, sense),
        SenseKey.VolumeOverflow => new(ScsiAction.Fail, SanFailure.NoSpace, sense),
        _ => new(ScsiAction.Fail, SanFailure.CommandFailed, sense),
    };

    private static ScsiVerdict OnNotReady(SenseData sense)
    {
        if (sense.Code >> 8 == MediumNotPresent) return new(ScsiAction.Fail, SanFailure.NoMedium, sense);
        bool isFinal = sense.Code is ManualIntervention or InStandby or Unavailable;
        return new(isFinal ? ScsiAction.Fail : ScsiAction.RepeatLater, SanFailure.DiskNotReady, sense);
    }
}
