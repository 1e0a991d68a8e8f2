namespace Bootlace.San;

/// <summary>Pings of the target that have not been answered, in order.</summary>
internal sealed class PingQueue
{
    /// <summary>An honest target has one at a time.</summary>
    public const int CountMax = 8;

    private readonly (uint TargetTag, ulong Lun)[] _pings = new (uint, ulong)[CountMax];
    private int _first, _count;

    /// <summary>Adds one, if there is room.</summary>
    public bool TryAdd(uint targetTag, ulong lun)
    {
        if (_count == CountMax) return false;
        _pings[(_first + _count++) % CountMax] = (targetTag, lun);
        return true;
    }

    /// <summary>Takes the first, if there is one.</summary>
    public bool TryTake(out uint targetTag, out ulong lun)
    {
        (targetTag, lun) = _pings[_first];
        if (_count == 0) return false;
        _first = (_first + 1) % CountMax;
        _count--;
        return true;
    }
}
