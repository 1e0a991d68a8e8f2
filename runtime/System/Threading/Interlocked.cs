namespace System.Threading;

/// <summary>Indivisible updates. With one thread, and callbacks of the firmware barred from shared data, plain ones
/// are.
/// </summary>
public static class Interlocked
{
    public static int Increment(ref int location) => ++location;

    public static long Increment(ref long location) => ++location;

    public static uint Increment(ref uint location) => ++location;

    public static ulong Increment(ref ulong location) => ++location;

    public static int Decrement(ref int location) => --location;

    public static long Decrement(ref long location) => --location;

    public static int Add(ref int location1, int value) => location1 += value;

    public static long Add(ref long location1, long value) => location1 += value;

    public static T Exchange<T>(ref T location1, T value)
    {
        T before = location1;
        location1 = value;
        return before;
    }

    public static int CompareExchange(ref int location1, int value, int comparand)
    {
        int before = location1;
        if (before == comparand) location1 = value;
        return before;
    }

    public static long CompareExchange(ref long location1, long value, long comparand)
    {
        long before = location1;
        if (before == comparand) location1 = value;
        return before;
    }

    /// <summary>The compiler's events add and remove their handlers with this.</summary>
    public static T CompareExchange<T>(ref T location1, T value, T comparand) where T : class?
    {
        T before = location1;
        if (ReferenceEquals(before, comparand)) location1 = value;
        return before;
    }
}
