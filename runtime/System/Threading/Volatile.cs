using System.Runtime.CompilerServices;

namespace System.Threading;

public static class Volatile
{
    // The compiler knows these methods; one processor runs us, so only its own order of writes matters.
    [Intrinsic]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Write(ref nint location, nint value) => location = value;
}
