namespace Bootlace.Net;

/// <summary>What an interface has seen since it was added.</summary>
public sealed class InterfaceCounters
{
    private readonly long[] _drops = new long[DropReasons.Count];

    /// <summary>Frames the card took.</summary>
    public long SentFrames { get; internal set; }

    /// <summary>Frames that could not be sent.</summary>
    public long SentFramesLost { get; private set; }

    /// <summary>Frames the card gave us, whatever became of them.</summary>
    public long ReceivedFrames { get; internal set; }

    /// <summary>Received frames that were refused: malformed, forged, unasked for, or for nobody here.</summary>
    public long ReceivedFramesRefused { get; private set; }

    /// <summary>How often that reason was met.</summary>
    public long Drops(DropReason reason) => _drops[(int)reason];

    internal void Count(DropReason reason)
    {
        _drops[(int)reason]++;
        if (DropReasons.IsOfSending(reason)) SentFramesLost++;
        else ReceivedFramesRefused++;
    }
}
