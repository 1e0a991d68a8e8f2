using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>The stack everything of ours runs on; the firmware's has 128 KiB at best (facts/firmware.md 7).</summary>
internal static unsafe class OwnStack
{
    private const nuint ReserveBytes = 64 * 1024;

    public static byte* Bottom;
    public static byte* Top;

    [RuntimeImport("*", "StackPointer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nuint StackPointer();

    /// <summary>False when firmware calls us on a stack of its own.</summary>
    public static bool Contains(nuint address) => address >= (nuint)Bottom && address < (nuint)Top;

    /// <summary>Throws while there is still room to handle it.</summary>
    public static void EnsureSufficient()
    {
        nuint here = StackPointer();
        if (Contains(here) && here - (nuint)Bottom < ReserveBytes) throw new InsufficientExecutionStackException();
    }
}
