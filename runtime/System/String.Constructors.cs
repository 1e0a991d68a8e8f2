using System.Runtime.CompilerServices;

namespace System;

// The compiler turns `new string(…)` into a call of the static Ctor with the same parameters.
#pragma warning disable CS0824 // constructor is marked external
public sealed unsafe partial class String
{
    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char[]? value);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char[] value, int startIndex, int length);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char c, int count);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(ReadOnlySpan<char> value);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char* value);

    [MethodImpl(MethodImplOptions.InternalCall)]
    public extern String(char* value, int startIndex, int length);

    private static string Ctor(char[]? value) =>
        value is null || value.Length == 0 ? "" : Ctor(new ReadOnlySpan<char>(value));

    private static string Ctor(char[] value, int startIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (startIndex > value.Length - length) throw new ArgumentOutOfRangeException(nameof(startIndex));
        return Ctor(new ReadOnlySpan<char>(value, startIndex, length));
    }

    private static string Ctor(char c, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0) return "";
        string result = FastAllocateString(count);
        ref char target = ref result.RawChars;
        for (int i = 0; i < count; i++) Unsafe.Add(ref target, i) = c;
        return result;
    }

    private static string Ctor(ReadOnlySpan<char> value)
    {
        if (value.Length == 0) return "";
        string result = FastAllocateString(value.Length);
        fixed (char* source = value)
            SpanHelpers.Memmove(ref Unsafe.As<char, byte>(ref result.RawChars), ref *(byte*)source,
                (nuint)value.Length * 2);
        return result;
    }

    private static string Ctor(char* value)
    {
        if (value == null) return "";
        int length = 0;
        while (value[length] != 0) length++;
        return Ctor(value, 0, length);
    }

    private static string Ctor(char* value, int startIndex, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return Ctor(new ReadOnlySpan<char>(value + startIndex, length));
    }
}
#pragma warning restore CS0824
