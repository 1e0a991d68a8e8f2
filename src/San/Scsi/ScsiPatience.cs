using Bootlace.Net;

namespace Bootlace.San;

/// <summary>How often the commands of one request have been repeated, and whether once more makes sense.</summary>
/// <param name="timeoutsMax">So often a command that was not answered is repeated.</param>
internal struct ScsiPatience(int timeoutsMax)
{
    /// <summary>A target queues a UNIT ATTENTION for each event; more than so many are no events.</summary>
    private const int RepeatsMax = 30, RepeatsAtOnceMax = 3;
    private static readonly Duration RepeatPause = Duration.FromMilliseconds(100);

    /// <summary>With the pauses below: one minute, in which a disk spins up and a backlog gets done.</summary>
    private const int LaterRepeatsMax = 34, DoublingsMax = 5;
    private static readonly Duration FirstPause = Duration.FromMilliseconds(100);
    private static readonly Duration LongestPause = Duration.FromSeconds(2);

    private int _repeats, _laterRepeats, _timeouts;

    /// <summary>Takes one more repetition after <paramref name="pause"/>, if there is one left.</summary>
    public bool TryTake(in ScsiVerdict verdict, out Duration pause)
    {
        pause = Duration.Zero;
        switch (verdict.Action)
        {
            case ScsiAction.Repeat when verdict.Kind == SanFailure.TargetSilent:
                return ++_timeouts <= timeoutsMax;
            case ScsiAction.Repeat:
                if (++_repeats > RepeatsAtOnceMax) pause = RepeatPause;
                return _repeats <= RepeatsMax;
            case ScsiAction.RepeatLater:
                pause = _laterRepeats < DoublingsMax ? FirstPause * (1 << _laterRepeats) : LongestPause;
                return ++_laterRepeats <= LaterRepeatsMax;
            default:
                return false;
        }
    }
}
