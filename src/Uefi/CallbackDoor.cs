using System;

namespace Bootlace.Uefi;

/// <summary>Whether a firmware callback may run code of ours that uses the collected heap and the Pump. Only while we
/// ourselves wait inside a firmware service that may call back: EDK2 interrupts us anywhere else, in the middle of the
/// stack or of an allocation. And only one at a time: a timer of the firmware's may come while one is under way.
/// </summary>
internal sealed class CallbackDoor
{
    private int _passes;
    private bool _isInside, _isShut;

    /// <summary>We are about to call a service that may call back; dispose the pass when it has returned.</summary>
    public Pass Open()
    {
        _passes++;
        return new Pass(this);
    }

    /// <summary>No callback gets in any more: the operating system takes over, or we are leaving.</summary>
    public void Shut() => _isShut = true;

    /// <summary>Success: the callback may run, and calls <see cref="Leave"/> at its end.</summary>
    public Status TryEnter()
    {
        if (_isShut) return Status.DeviceError;
        if (_passes == 0 || _isInside) return Status.NotReady;
        _isInside = true;
        return Status.Success;
    }

    /// <summary>The callback is done.</summary>
    public void Leave() => _isInside = false;

    /// <summary>A callback that cannot be turned away begins: until its stay is disposed, no other gets in.</summary>
    public Stay Occupy()
    {
        var stay = new Stay(this, _isInside);
        _isInside = true;
        return stay;
    }

    /// <summary>A callback's time.</summary>
    public readonly struct Stay(CallbackDoor door, bool wasInside) : IDisposable
    {
        /// <summary>It is done.</summary>
        public void Dispose() => door._isInside = wasInside;
    }

    /// <summary>The time in which callbacks are welcome.</summary>
    public readonly struct Pass(CallbackDoor door) : IDisposable
    {
        /// <summary>The service has returned.</summary>
        public void Dispose() => door._passes--;
    }
}
