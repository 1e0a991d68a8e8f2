using System;

namespace Bootlace.Transfer;

/// <summary>The requests for parts of one file, made in the same memory each time.</summary>
internal sealed class RangeRequest
{
    private const int DigitsMax = 20;
    private static ReadOnlySpan<byte> Field => "Range: bytes="u8;

    private readonly byte[] _bytes;
    private readonly int _fixedBytes;

    /// <summary>Takes everything but the range from <paramref name="request"/>.</summary>
    public RangeRequest(HttpRequest request, bool withCredentials)
    {
        ReadOnlySpan<byte> whole = request.Emit(0, null, withCredentials);
        ReadOnlySpan<byte> head = whole[..^2];   // without the empty line
        _fixedBytes = head.Length + Field.Length;
        _bytes = new byte[_fixedBytes + 2 * DigitsMax + 5];
        head.CopyTo(_bytes);
        Field.CopyTo(_bytes.AsSpan(head.Length));
    }

    /// <summary>The request for the bytes from <paramref name="first"/> to <paramref name="last"/>, both included;
    /// valid until the next.</summary>
    public ReadOnlyMemory<byte> Emit(ulong first, ulong last)
    {
        int at = Write(_fixedBytes, first);
        _bytes[at++] = (byte)'-';
        at = Write(at, last);
        "\r\n\r\n"u8.CopyTo(_bytes.AsSpan(at));
        return _bytes.AsMemory(0, at + 4);
    }

    private int Write(int at, ulong number)
    {
        int digits = 1;
        for (ulong rest = number / 10; rest > 0; rest /= 10) digits++;
        for (int i = at + digits - 1; i >= at; i--)
        {
            _bytes[i] = (byte)('0' + number % 10);
            number /= 10;
        }
        return at + digits;
    }
}
