namespace System.Runtime.CompilerServices;

/// <summary>Any object, seen as its first byte. The compiler knows it by name.</summary>
internal class RawData
{
    public byte Data;
}

/// <summary>Any array, seen as its length and its first byte.</summary>
internal class RawArrayData
{
    public int Length;
    public int Padding;
    public byte Data;
}
