namespace Internal.Runtime;

/// <summary>The cell sizes: every 16 bytes up to 256, then about an eighth more each time, fitting 16 KiB
/// pages.</summary>
internal static unsafe class SizeClasses
{
    public const int Count = 29;
    public const uint LargestBytes = 8192;
    private const int GrainShift = 4;
    private const uint SmallestBytes = 32;
    private const uint FineBytesMax = 256;

    private static System.ReadOnlySpan<ushort> Coarse =>
        [320, 384, 448, 512, 624, 736, 896, 1024, 1360, 1632, 2032, 2720, 4096, 8192];

    /// <summary>Bytes of what <see cref="Fill"/> writes.</summary>
    public const nuint TableBytes = LargestBytes / 16 + 1;

    /// <summary>Cell bytes of a class.</summary>
    public static uint CellBytes(int sizeClass) =>
        sizeClass < 15 ? SmallestBytes + ((uint)sizeClass << GrainShift) : Coarse[sizeClass - 15];

    /// <summary>Index into the table that <see cref="Fill"/> writes, for an object of so many bytes.</summary>
    public static nuint TableIndex(nuint bytes) => (bytes + 15) >> GrainShift;

    /// <summary>Writes the class for every size in grains.</summary>
    public static void Fill(byte* classOfGrains)
    {
        int sizeClass = 0;
        for (uint grains = 0; grains < TableBytes; grains++)
        {
            if (grains << GrainShift > CellBytes(sizeClass)) sizeClass++;
            classOfGrains[grains] = (byte)sizeClass;
        }
    }
}
