using System;

namespace Bootlace.Wire;

/// <summary>Writes options one after another; once one does not fit, nothing more is written and <see cref="IsFull"/>
/// says so.
/// </summary>
internal ref struct DhcpOptionWriter(Span<byte> target)
{
    private const int ValueBytesMax = 255;

    private readonly Span<byte> _target = target;

    public int Count { get; private set; }

    public bool IsFull { get; private set; }

    public void Add(DhcpTag tag, params ReadOnlySpan<byte> value)
    {
        if (IsFull || value.Length > ValueBytesMax || value.Length > _target.Length - Count - 2)
        {
            IsFull = true;
            return;
        }
        _target[Count] = tag.Code;
        _target[Count + 1] = (byte)value.Length;
        value.CopyTo(_target[(Count + 2)..]);
        Count += 2 + value.Length;
    }

    public void AddAddress(DhcpTag tag, Ipv4Address address)
    {
        Span<byte> value = stackalloc byte[Ipv4Address.Bytes];
        address.Write(value);
        Add(tag, value);
    }

    public void End()
    {
        if (Count == _target.Length) IsFull = true;
        if (!IsFull) _target[Count++] = 255;
    }
}
