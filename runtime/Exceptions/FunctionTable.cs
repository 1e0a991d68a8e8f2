using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Internal.Runtime;

/// <summary>The image's exception directory (.pdata): for every function and every handler ("funclet") the way to undo
/// its prologue, and behind that what the compiler adds for exceptions.</summary>
internal static unsafe class FunctionTable
{
    private const int PeOffsetOffset = 0x3c;
    private const int ExceptionDirectoryOffset = 0xa0;   // from the PE signature, PE32+

    private const byte KindMask = 3;
    private const byte HasExceptionInfoFlag = 4;
    private const byte HasAssociatedDataFlag = 0x10;
    private const int X64HandlerFlags = 0x18;

    private static byte* s_rows;
    private static uint s_rowCount;

    public static byte* ImageBase => (byte*)(delegate*<void>)&ImageStart;

    [RuntimeImport("*", "__ImageBase")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ImageStart();

    [RuntimeImport("*", "ManagedCodeStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ManagedCodeStart();

    [RuntimeImport("*", "ManagedCodeEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ManagedCodeEnd();

    private static uint RowBytes => X86Base.IsSupported ? 12u : 8u;

    public static bool IsManaged(nuint ip) =>
        ip > (nuint)(delegate*<void>)&ManagedCodeStart && ip <= (nuint)(delegate*<void>)&ManagedCodeEnd;

    public static uint ToRva(nuint address) => (uint)(address - (nuint)ImageBase);

    /// <summary>Finds the function or funclet whose call returns to <paramref name="ip"/>.</summary>
    public static bool TryFind(nuint ip, out Function function)
    {
        function = default;
        if (!IsManaged(ip)) return false;
        if (s_rows == null) Open();
        uint rva = ToRva(ip) - 1;
        uint low = 0, high = s_rowCount;
        while (low < high)
        {
            uint middle = (low + high) / 2;
            if (BeginOf(middle) <= rva) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return false;
        uint row = low - 1;
        function.UnwindInfo = UnwindInfoOf(row);
        byte* extra = ExtraOf(row);
        while ((*extra & KindMask) != 0) extra = ExtraOf(--row);   // a funclet's root comes before it
        function.RootRva = BeginOf(row);
        function.CallOffset = rva - function.RootRva;
        function.ExceptionInfo = ExceptionInfoOf(extra);
        return true;
    }

    /// <summary>A function, or a funclet of one, and the place in it.</summary>
    public struct Function
    {
        public byte* UnwindInfo;
        /// <summary>Where the function begins that the exception clauses are relative to.</summary>
        public uint RootRva;
        /// <summary>The call, relative to <see cref="RootRva"/>.</summary>
        public uint CallOffset;
        /// <summary>The clauses; null if there are none.</summary>
        public byte* ExceptionInfo;
    }

    private static void Open()
    {
        byte* header = ImageBase + *(int*)(ImageBase + PeOffsetOffset);
        var directory = (uint*)(header + ExceptionDirectoryOffset);
        s_rowCount = directory[1] / RowBytes;
        s_rows = ImageBase + directory[0];
    }

    private static uint BeginOf(uint row) => *(uint*)(s_rows + row * RowBytes);

    private static byte* UnwindInfoOf(uint row) =>
        ImageBase + *(uint*)(s_rows + row * RowBytes + (X86Base.IsSupported ? 8u : 4u));

    // The flag byte that the compiler puts behind the unwind information.
    private static byte* ExtraOf(uint row)
    {
        byte* unwind = UnwindInfoOf(row);
        if (X86Base.IsSupported)
        {
            uint bytes = 4u + 2u * unwind[2];
            if ((unwind[0] & X64HandlerFlags) != 0) bytes = ((bytes + 3) & ~3u) + 4;
            return unwind + bytes;
        }
        Arm64Unwinder.Header header = Arm64Unwinder.ReadHeader(unwind);
        return header.Codes + header.CodeBytes + (header.HasHandler ? 4 : 0);
    }

    private static byte* ExceptionInfoOf(byte* extra)
    {
        if ((*extra & HasExceptionInfoFlag) == 0) return null;
        byte* field = extra + 1 + ((*extra & HasAssociatedDataFlag) != 0 ? 4 : 0);
        return ImageBase + Unsafe.ReadUnaligned<uint>(field);
    }
}
