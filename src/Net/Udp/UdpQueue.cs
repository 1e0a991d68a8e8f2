using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Received datagrams in order, in one ring of bytes that is allocated once. Each datagram lies in one piece;
/// what does not fit behind the last one goes to the ring's start.</summary>
internal sealed class UdpQueue(int capacityBytes)
{
    private const int DatagramsMax = 256;

    internal struct Entry
    {
        public IpAddress Source, Target;
        public ushort SourcePort;
        public NetworkInterface? Interface;
        public int Offset, LengthBytes;
    }

    private readonly Entry[] _entries = new Entry[DatagramsMax];
    private readonly byte[] _bytes = new byte[capacityBytes];
    private int _first;
    private int _end;     // offset behind the newest datagram's bytes

    public int Count { get; private set; }

    /// <summary>Keeps a copy; false when there is no room.</summary>
    public bool TryAdd(in Entry from, ReadOnlySpan<byte> payload)
    {
        if (Count == DatagramsMax || !TryPlace(payload.Length, out int offset)) return false;
        payload.CopyTo(_bytes.AsSpan(offset));
        ref Entry entry = ref _entries[(_first + Count) % DatagramsMax];
        entry = from;
        (entry.Offset, entry.LengthBytes) = (offset, payload.Length);
        _end = offset + payload.Length;
        Count++;
        return true;
    }

    public ref readonly Entry First => ref _entries[_first];

    public ReadOnlySpan<byte> FirstPayload => _bytes.AsSpan(_entries[_first].Offset, _entries[_first].LengthBytes);

    public void RemoveFirst()
    {
        Check.That(Count > 0);
        _first = (_first + 1) % DatagramsMax;
        Count--;
    }

    private bool TryPlace(int length, out int offset)
    {
        offset = 0;
        if (Count == 0) return length <= _bytes.Length;
        int start = _entries[_first].Offset;
        if (start <= _end)
        {
            offset = _end;
            if (length <= _bytes.Length - _end) return true;
            offset = 0;
            return length < start;   // never right up to it, so that a wrapped ring has its end before its start
        }
        offset = _end;
        return length < start - _end;
    }
}
