using System.Buffers;
using System.Runtime.CompilerServices;

namespace System.Runtime.InteropServices;

/// <summary>Spans over what is not an array, and arrays' insides.</summary>
public static unsafe class MemoryMarshal
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T GetReference<T>(Span<T> span) => ref span._reference;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T GetReference<T>(ReadOnlySpan<T> span) => ref span._reference;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T GetArrayDataReference<T>(T[] array) =>
        ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(array).Data);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> CreateSpan<T>(scoped ref T reference, int length) =>
        new(ref Unsafe.AsRef(in reference), length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> CreateReadOnlySpan<T>(scoped ref readonly T reference, int length) =>
        new(ref Unsafe.AsRef(in reference), length);

    public static Span<byte> AsBytes<T>(Span<T> span) where T : struct =>
        new(ref Unsafe.As<T, byte>(ref span._reference), checked(span.Length * Unsafe.SizeOf<T>()));

    public static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> span) where T : struct =>
        new(ref Unsafe.As<T, byte>(ref span._reference), checked(span.Length * Unsafe.SizeOf<T>()));

    public static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span) where TFrom : struct where TTo : struct =>
        new(ref Unsafe.As<TFrom, TTo>(ref span._reference), CastLength<TFrom, TTo>(span.Length));

    public static ReadOnlySpan<TTo> Cast<TFrom, TTo>(ReadOnlySpan<TFrom> span) where TFrom : struct
        where TTo : struct =>
        new(ref Unsafe.As<TFrom, TTo>(ref span._reference), CastLength<TFrom, TTo>(span.Length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]   // every read of a wire format and each word of a checksum
    public static T Read<T>(ReadOnlySpan<byte> source) where T : struct
    {
        if (source.Length < Unsafe.SizeOf<T>()) ThrowHelper.ArgumentOutOfRange("length");
        return Unsafe.ReadUnaligned<T>(ref source._reference);
    }

    public static bool TryRead<T>(ReadOnlySpan<byte> source, out T value) where T : struct
    {
        value = default;
        if (source.Length < Unsafe.SizeOf<T>()) return false;
        value = Unsafe.ReadUnaligned<T>(ref source._reference);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(Span<byte> destination, in T value) where T : struct
    {
        if (destination.Length < Unsafe.SizeOf<T>()) ThrowHelper.ArgumentOutOfRange("length");
        Unsafe.WriteUnaligned(ref destination._reference, value);
    }

    public static ref T AsRef<T>(Span<byte> span) where T : struct
    {
        if (span.Length < Unsafe.SizeOf<T>()) ThrowHelper.ArgumentOutOfRange("length");
        return ref Unsafe.As<byte, T>(ref span._reference);
    }

    public static ref readonly T AsRef<T>(ReadOnlySpan<byte> span) where T : struct
    {
        if (span.Length < Unsafe.SizeOf<T>()) ThrowHelper.ArgumentOutOfRange("length");
        return ref Unsafe.As<byte, T>(ref span._reference);
    }

    public static Memory<T> AsMemory<T>(ReadOnlyMemory<T> memory) => new(memory.Owner, memory.Start, memory.Length);

    public static bool TryGetArray<T>(ReadOnlyMemory<T> memory, out ArraySegment<T> segment)
    {
        segment = default;
        if (memory.Owner is T[] array)
        {
            segment = new ArraySegment<T>(array, memory.Start, memory.Length);
            return true;
        }
        if (memory.Length != 0) return false;
        segment = ArraySegment<T>.Empty;
        return true;
    }

    public static bool TryGetMemoryManager<T, TManager>(ReadOnlyMemory<T> memory, out TManager? manager)
        where TManager : MemoryManager<T>
    {
        manager = memory.Owner as TManager;
        return manager is not null;
    }

    public static ReadOnlySpan<byte> CreateReadOnlySpanFromNullTerminated(byte* value)
    {
        if (value is null) return default;
        int length = 0;
        while (value[length] != 0) length++;
        return new ReadOnlySpan<byte>(value, length);
    }

    public static ReadOnlySpan<char> CreateReadOnlySpanFromNullTerminated(char* value)
    {
        if (value is null) return default;
        int length = 0;
        while (value[length] != 0) length++;
        return new ReadOnlySpan<char>(value, length);
    }

    private static int CastLength<TFrom, TTo>(int length) =>
        checked((int)((long)length * Unsafe.SizeOf<TFrom>() / Unsafe.SizeOf<TTo>()));
}
