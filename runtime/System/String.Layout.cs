using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public sealed unsafe partial class String
{
    // Length at offset 8, characters from 12 with one zero behind the last: the compiler emits literals this way.
    private readonly int _stringLength;
    private char _firstChar;

    public const string Empty = "";

    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_stringLength) throw new IndexOutOfRangeException();
            return Unsafe.Add(ref _firstChar, index);
        }
    }

    public ref readonly char GetPinnableReference() => ref _firstChar;

    /// <summary>The first character; only for a string that nobody else has seen may it be written.</summary>
    internal ref char RawChars => ref _firstChar;

    /// <summary>A string of zeros, to be filled before it is shown to anyone.</summary>
    internal static string FastAllocateString(int length) => HeapObjects.NewString(length);
}
