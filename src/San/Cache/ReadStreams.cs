namespace Bootlace.San;

/// <summary>Recognises what is read in order, several such things at a time: a boot loader reads a file and, between
/// its pieces, the file system's tables.</summary>
internal sealed class ReadStreams
{
    private const int StreamsMax = 8;

    /// <summary>A stream may leave out so many blocks: the tail of a cluster, a block of metadata.</summary>
    private const ulong GapBlocksMax = 64;

    private readonly ReadStream[] _streams = new ReadStream[StreamsMax];
    private uint _time;

    /// <summary>Notes a request for the blocks from <paramref name="first"/> to before <paramref name="end"/>. True if
    /// it continues a stream.</summary>
    public bool Note(ulong first, ulong end, out int stream)
    {
        _time++;
        for (int i = 0; i < _streams.Length; i++)
        {
            ref ReadStream known = ref _streams[i];
            if (!known.IsLive) continue;
            bool overlaps = first >= known.Start && first < known.Next;
            if (first - known.Next <= GapBlocksMax || overlaps && end > known.Next)   // unsigned: not before Next
            {
                known.Start = first;
                known.Next = end;
                known.UsedAt = _time;
                stream = i;
                return true;
            }
            if (overlaps)
            {
                known.UsedAt = _time;
                stream = i;
                return false;
            }
        }
        int oldest = 0;
        for (int i = 1; i < _streams.Length; i++)
        {
            if (_time - _streams[i].UsedAt > _time - _streams[oldest].UsedAt) oldest = i;
        }
        _streams[oldest] = new ReadStream { IsLive = true, Start = first, Next = end, UsedAt = _time };
        stream = oldest;
        return false;
    }

    /// <summary>One of them.</summary>
    public ref ReadStream this[int stream] => ref _streams[stream];

    /// <summary>Forgets all.</summary>
    public void Clear() => System.Array.Clear(_streams);
}
