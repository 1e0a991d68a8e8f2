using System;
using Internal.Runtime;

namespace Bootlace.Runtime;

/// <summary>What an application has to undo even when it crashes: protocols installed, events armed.</summary>
public static class AbortHooks
{
    private const int CountMax = 16;
    private static Action[]? s_actions;
    private static int s_count;

    /// <summary>Calls <paramref name="action"/> before a crash returns to the firmware; last registered, first called.
    /// It may not count on anything of the program's being in order.</summary>
    public static void Add(Action action)
    {
        s_actions ??= new Action[CountMax];
        if (s_count == CountMax) throw new InvalidOperationException("There are too many abort hooks.");
        s_actions[s_count++] = action;
    }

    /// <summary>Forgets <paramref name="action"/>.</summary>
    public static void Remove(Action action)
    {
        for (int i = s_count - 1; i >= 0; i--)
        {
            if (s_actions![i] != action) continue;
            for (int j = i + 1; j < s_count; j++) s_actions[j - 1] = s_actions[j];
            s_count--;
            return;
        }
    }

    internal static void RunAll()
    {
        while (s_count > 0)
        {
            try
            {
                s_actions![--s_count]();
            }
            catch
            {
                Firmware.Write("bootlace: an abort hook failed\n");
            }
        }
    }
}
