using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>The stack everything of ours runs on; the firmware's has 128 KiB at best (facts/firmware.md 7).</summary>
internal static unsafe class OwnStack
{
    private const nuint ReserveBytes = 64 * 1024;
    private const int MarkWords = 8;
    private const ulong Mark = 0x5afe_57ac_b007_1ace;

    public static byte* Bottom;
    public static byte* Top;

    [RuntimeImport("*", "StackPointer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nuint StackPointer();

    /// <summary>Marks the stack's end, so that running over it is noticed, if only afterwards.</summary>
    public static void Take(byte* bottom, nuint bytes)
    {
        Bottom = bottom;
        Top = bottom + bytes;
        for (int i = 0; i < MarkWords; i++) ((ulong*)Bottom)[i] = Mark;
    }

    /// <summary>Ends the program if something has run over the stack's end.</summary>
    public static void Check()
    {
        for (int i = 0; i < MarkWords; i++)
            if (((ulong*)Bottom)[i] != Mark) Crash.Stop("the stack overflowed", 0);
    }

    /// <summary>False when firmware calls us on a stack of its own.</summary>
    public static bool Contains(nuint address) => address >= (nuint)Bottom && address < (nuint)Top;

    /// <summary>Throws while there is still room to handle it.</summary>
    public static void EnsureSufficient()
    {
        nuint here = StackPointer();
        if (Contains(here) && here - (nuint)Bottom < ReserveBytes) throw new InsufficientExecutionStackException();
    }
}
