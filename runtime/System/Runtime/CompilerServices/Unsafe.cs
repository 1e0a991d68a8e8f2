namespace System.Runtime.CompilerServices;

/// <remarks>The compiler knows every one of these and never calls the bodies.</remarks>
public static unsafe class Unsafe
{
#pragma warning disable CS8500 // pointer to a managed type: what this class is for
    [Intrinsic] public static void* AsPointer<T>(ref readonly T value) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static int SizeOf<T>() where T : allows ref struct => sizeof(T);
    [Intrinsic] public static T As<T>(object? o) where T : class? => throw new PlatformNotSupportedException();
    [Intrinsic] public static ref TTo As<TFrom, TTo>(ref TFrom source) where TFrom : allows ref struct
        where TTo : allows ref struct => throw new PlatformNotSupportedException();
    [Intrinsic] public static TTo BitCast<TFrom, TTo>(TFrom source) where TFrom : allows ref struct
        where TTo : allows ref struct => *(TTo*)&source;
    [Intrinsic] public static ref T Add<T>(ref T source, int elementOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T Add<T>(ref T source, nint elementOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T Add<T>(ref T source, nuint elementOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static void* Add<T>(void* source, int elementOffset) where T : allows ref struct =>
        (byte*)source + elementOffset * (nint)sizeof(T);
    [Intrinsic] public static ref T AddByteOffset<T>(ref T source, nint byteOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T AddByteOffset<T>(ref T source, nuint byteOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T Subtract<T>(ref T source, int elementOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T SubtractByteOffset<T>(ref T source, nint byteOffset) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static bool AreSame<T>(ref readonly T left, ref readonly T right) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static bool IsAddressGreaterThan<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct => throw new PlatformNotSupportedException();
    [Intrinsic] public static bool IsAddressLessThan<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct => throw new PlatformNotSupportedException();
    [Intrinsic] public static nint ByteOffset<T>(ref readonly T origin, ref readonly T target)
        where T : allows ref struct => throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T AsRef<T>(void* source) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T AsRef<T>(scoped ref readonly T source) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T NullRef<T>() where T : allows ref struct => ref AsRef<T>(null);
    [Intrinsic] public static bool IsNullRef<T>(ref readonly T source) where T : allows ref struct =>
        AsPointer(in source) == null;
    [Intrinsic] public static void SkipInit<T>(out T value) where T : allows ref struct =>
        throw new PlatformNotSupportedException();
    [Intrinsic] public static ref T Unbox<T>(object box) where T : struct => throw new PlatformNotSupportedException();
    [Intrinsic] public static T Read<T>(void* source) where T : allows ref struct => *(T*)source;
    [Intrinsic] public static void Write<T>(void* destination, T value) where T : allows ref struct =>
        *(T*)destination = value;
    [Intrinsic] public static T ReadUnaligned<T>(void* source) where T : allows ref struct => *(T*)source;
    [Intrinsic] public static T ReadUnaligned<T>(scoped ref readonly byte source) where T : allows ref struct =>
        *(T*)AsPointer(in source);
    [Intrinsic] public static void WriteUnaligned<T>(void* destination, T value) where T : allows ref struct =>
        *(T*)destination = value;
    [Intrinsic] public static void WriteUnaligned<T>(ref byte destination, T value) where T : allows ref struct =>
        *(T*)AsPointer(ref destination) = value;
#pragma warning restore CS8500

    public static void CopyBlock(void* destination, void* source, uint byteCount) =>
        SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, byteCount);

    public static void CopyBlock(ref byte destination, ref readonly byte source, uint byteCount) =>
        SpanHelpers.Memmove(ref destination, ref AsRef(in source), byteCount);

    public static void CopyBlockUnaligned(void* destination, void* source, uint byteCount) =>
        SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, byteCount);

    public static void CopyBlockUnaligned(ref byte destination, ref readonly byte source, uint byteCount) =>
        SpanHelpers.Memmove(ref destination, ref AsRef(in source), byteCount);

    public static void InitBlock(void* startAddress, byte value, uint byteCount) =>
        SpanHelpers.Fill(ref *(byte*)startAddress, value, byteCount);

    public static void InitBlockUnaligned(void* startAddress, byte value, uint byteCount) =>
        SpanHelpers.Fill(ref *(byte*)startAddress, value, byteCount);

    public static void InitBlockUnaligned(ref byte startAddress, byte value, uint byteCount) =>
        SpanHelpers.Fill(ref startAddress, value, byteCount);
}
