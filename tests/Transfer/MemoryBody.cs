using System;
using System.Collections.Generic;
using Bootlace.Transfer;

namespace Bootlace.Tests.Transfer;

/// <summary>A body kept in memory, handing out room in pieces of a set size.</summary>
public sealed class MemoryBody(int roomBytes = 65_536) : IBodyTarget, ITransferProgress
{
    private readonly List<byte> _bytes = [];
    private readonly byte[] _room = new byte[roomBytes];

    public byte[] Bytes => [.. _bytes];
    public ulong? Expected { get; private set; }
    public int Restarts { get; private set; }
    public ulong ReceivedBytes => (ulong)_bytes.Count;
    public List<(ulong Received, ulong? Total)> Reports { get; } = [];
    public List<string> Resumes { get; } = [];

    /// <summary>Thrown by <see cref="Expect"/> when set: no memory for such a body.</summary>
    public Exception? Refusal { get; init; }

    public void Expect(ulong totalBytes)
    {
        if (Refusal is not null) throw Refusal;
        Expected = totalBytes;
    }

    public Memory<byte> GetRoom() => _room;

    public void Advance(int countBytes) => _bytes.AddRange(_room.AsSpan(0, countBytes));

    public void Restart()
    {
        Restarts++;
        Expected = null;
        _bytes.Clear();
    }

    public void Resuming(string reason) => Resumes.Add(reason);

    public void Report(ulong receivedBytes, ulong? totalBytes) => Reports.Add((receivedBytes, totalBytes));
}
