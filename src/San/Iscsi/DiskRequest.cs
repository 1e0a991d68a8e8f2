using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>One request to an <see cref="IscsiDisk"/>: what is left of it to be cut into commands, and how it has
/// fared. Made once and used for one request after the other.</summary>
internal sealed class DiskRequest(Pump pump)
{
    private readonly PendingOperation<bool> _end = new(pump);

    /// <summary>How often its commands may be repeated.</summary>
    public ScsiPatience Patience;

    /// <summary>Where the rest goes of what is read.</summary>
    public Memory<byte> Target { get; set; }

    /// <summary>The rest of what is written.</summary>
    public ReadOnlyMemory<byte> Source { get; set; }

    /// <summary>Where the rest begins.</summary>
    public ulong NextBlock { get; set; }

    /// <summary>The disk is to be flushed.</summary>
    public bool MustFlush { get; set; }

    /// <summary>Commands that it still needs an answer to.</summary>
    public int Pieces { get; set; }

    /// <summary>So many sessions have been lost since it began.</summary>
    public int Replays { get; set; }

    /// <summary>Why it cannot be carried out; null: it can so far.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Its last user knows how it ended: the next may have it.</summary>
    public bool IsFree => _end.IsTaken;

    /// <summary>Something is left to be cut off.</summary>
    public bool HasRest => Target.Length > 0 || Source.Length > 0 || MustFlush;

    /// <summary>Nothing is left, and every command has been answered.</summary>
    public bool IsDone => Pieces == 0 && !HasRest;

    /// <summary>Begins anew; completes with the request.</summary>
    public ValueTask Start(ulong firstBlock, Memory<byte> target, ReadOnlyMemory<byte> source, int retries,
        CancellationToken stop)
    {
        ValueTask end = _end.StartPlain(stop);
        (NextBlock, Target, Source, MustFlush) = (firstBlock, target, source, target.Length + source.Length == 0);
        (Pieces, Replays, Failure) = (0, 0, null);
        Patience = new ScsiPatience(retries);
        return end;
    }

    /// <summary>Ends it if its user has cancelled it. True if it did; commands may be under way.</summary>
    public bool CancelIfAsked()
    {
        if (!_end.CancelIfAsked()) return false;
        DropRest();
        return true;
    }

    /// <summary>It is over: done, or failed.</summary>
    public void End()
    {
        Check.That(IsDone);
        if (Failure is null) _end.Complete(true);
        else _end.Fail(Failure);
    }

    /// <summary>Nothing more of it is to be sent.</summary>
    public void DropRest() => (Target, Source, MustFlush) = (default, default, false);
}
