using System;
using System.Runtime.InteropServices;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>Runs an action periodically: inside whatever boot service U-Boot is executing, at any time on EDK2. The
/// action may be in the way of any code of ours that is just calling the firmware, so it allocates nothing, unless it
/// gets through the <see cref="CallbackDoor"/>.</summary>
internal sealed unsafe class PeriodicTimer
{
    private const ulong HundredNanosecondsPerMillisecond = 10_000;
    private const int TimersMax = 32;

    /// <summary>The actions by the number their callbacks carry: native code may hold no reference of ours.</summary>
    private static readonly Action?[] s_actions = new Action?[TimersMax];

    private readonly Services _services;
    private readonly int _number;
    private readonly nint _event;

    private PeriodicTimer(Services services, int number, nint created)
    {
        _services = services;
        _number = number;
        _event = created;
    }

    /// <summary>Starts calling <paramref name="action"/>; null when the firmware has no timer for us.</summary>
    public static PeriodicTimer? Start(Services services, ulong periodMs, Action action)
    {
        int number = Array.IndexOf(s_actions, null);
        if (number < 0) return null;
        s_actions[number] = action;
        nint created = services.CreateCallback(EventType.Timer | EventType.NotifySignal, &OnTick, number);
        if (created == 0)
        {
            s_actions[number] = null;
            return null;
        }
        services.Boot->SetTimer(created, TimerDelay.Periodic, periodMs * HundredNanosecondsPerMillisecond);
        return new PeriodicTimer(services, number, created);
    }

    /// <summary>Stops it for good. Not to be called from the action: U-Boot walks its events unprotected.</summary>
    public void Stop()
    {
        _services.CloseEvent(_event);
        s_actions[_number] = null;
    }

    [UnmanagedCallersOnly]
    private static void OnTick(nint timer, void* context)
    {
        try
        {
            s_actions[(int)(nint)context]?.Invoke();
        }
        catch (Exception)
        {
            // Exceptions must not cross firmware frames; the next tick tries again.
        }
    }
}
