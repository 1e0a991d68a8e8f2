using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>Walks a function's exception clauses, inner ones first.</summary>
internal unsafe ref struct ExceptionClauses
{
    public const uint Typed = 0;
    public const uint Fault = 1;   // finally too
    public const uint Filter = 2;

    private byte* _next;
    private uint _left;

    public ExceptionClauses(byte* info)
    {
        _next = info;
        _left = ReadNumber();
        Index = -1;
    }

    /// <summary>Which clause this is.</summary>
    public int Index;
    public uint Kind;
    /// <summary>The range it protects, from the function's start.</summary>
    public uint Start, Length;
    /// <summary>Its code, from the function's start.</summary>
    public uint Handler;
    /// <summary>Of a filter clause: the filter's code.</summary>
    public uint FilterCode;
    /// <summary>Of a typed clause: what it catches.</summary>
    public MethodTable* Type;

    public bool MoveNext()
    {
        if (_left == 0) return false;
        _left--;
        Index++;
        Start = ReadNumber();
        uint lengthAndKind = ReadNumber();
        Length = lengthAndKind >> 2;
        Kind = lengthAndKind & 3;
        Handler = ReadNumber();
        if (Kind == Typed)
        {
            Type = (MethodTable*)(FunctionTable.ImageBase + Unsafe.ReadUnaligned<uint>(_next));
            _next += 4;
        }
        else if (Kind == Filter) FilterCode = ReadNumber();
        return true;
    }

    public readonly bool Covers(uint offset) => offset - Start < Length;

    // The low bits of the first byte say how many bytes follow.
    private uint ReadNumber()
    {
        uint first = Unsafe.ReadUnaligned<uint>(_next);
        if ((first & 1) == 0)
        {
            _next += 1;
            return (first & 0xff) >> 1;
        }
        if ((first & 2) == 0)
        {
            _next += 2;
            return (first & 0xffff) >> 2;
        }
        if ((first & 4) == 0)
        {
            _next += 3;
            return (first & 0xff_ffff) >> 3;
        }
        if ((first & 8) == 0)
        {
            _next += 4;
            return first >> 4;
        }
        _next += 5;
        return Unsafe.ReadUnaligned<uint>(_next - 4);
    }
}
