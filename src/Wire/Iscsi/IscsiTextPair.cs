using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>One pair of an <see cref="IscsiText"/>.</summary>
public readonly ref struct IscsiTextPair
{
    internal IscsiTextPair(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>In front of the first <c>=</c>.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>Behind it; it may be empty.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Whether it is of that key.</summary>
    public bool Is(string key)
    {
        if (Key.Length != key.Length) return false;
        for (int i = 0; i < key.Length; i++)
        {
            if (Key[i] != key[i]) return false;
        }
        return true;
    }

    /// <summary>The value as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Value);
}
