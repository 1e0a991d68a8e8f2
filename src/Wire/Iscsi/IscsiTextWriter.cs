using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Writes <c>key=value</c> pairs into given room (RFC 7143 section 6.1).</summary>
public ref struct IscsiTextWriter
{
    private readonly Span<byte> _target;

    /// <summary>Starts without pairs.</summary>
    public IscsiTextWriter(Span<byte> target) => _target = target;

    /// <summary>Length of what stands there.</summary>
    public int Bytes { readonly get; private set; }

    /// <summary>Adds a pair. False, and nothing is added, if there is no room for it or the value has a NUL
    /// inside.</summary>
    public bool TryAdd(string key, ReadOnlySpan<char> value)
    {
        Check.That(key.Length is > 0 and <= IscsiText.KeyBytesMax);
        int valueBytes = Encoding.UTF8.GetByteCount(value);
        if (value.IndexOf('\0') >= 0 || valueBytes > _target.Length - Bytes - key.Length - 2) return false;
        Start(key);
        Bytes += Encoding.UTF8.GetBytes(value, _target[Bytes..]);
        End();
        return true;
    }

    /// <summary>Adds a pair whose value is a number.</summary>
    public bool TryAdd(string key, uint value) => TryAdd(key, $"{value}");

    /// <summary>Adds a pair whose value is bytes, in hexadecimal digits.</summary>
    public bool TryAddBinary(string key, ReadOnlySpan<byte> value)
    {
        int room = _target.Length - Bytes - key.Length - 2 - IscsiBinary.PrefixBytes;
        if (room < 0 || value.Length > room / 2) return false;
        Start(key);
        Bytes += IscsiBinary.Emit(value, _target[Bytes..]);
        End();
        return true;
    }

    private void Start(string key)
    {
        foreach (char letter in key) _target[Bytes++] = (byte)letter;
        _target[Bytes++] = (byte)'=';
    }

    private void End() => _target[Bytes++] = 0;
}
