using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;

namespace Bootlace.Tests.Boot;

/// <summary>A firmware that records what it is asked for. Its memory is dirty, as real pages are.</summary>
public sealed class FakeFirmware : IFirmware
{
    public List<string> Deeds { get; } = [];
    public List<StartedImage> Started { get; } = [];
    public Queue<ulong> ExitStatuses { get; } = new();
    public Dictionary<string, byte[]> Volume { get; } = [];
    public int PagesHeldBytes { get; private set; }
    public int MostHeldBytes { get; private set; }

    /// <summary>What is held is free no more.</summary>
    public bool IsCounting { get; set; }

    public string Vendor => "Fake";
    public ushort PeMachine { get; set; } = PeImage.X64;
    public string BuildArchitecture => PeMachine == PeImage.X64 ? "x86_64" : "arm64";
    public ulong LargestFreeBytes
    {
        get => field - (IsCounting ? (ulong)PagesHeldBytes : 0);
        set;
    } = 512 << 20;

    public IMemoryOwner<byte> AllocatePages(int countBytes, bool outliveUs = false)
    {
        PagesHeldBytes += countBytes;
        MostHeldBytes = Math.Max(MostHeldBytes, PagesHeldBytes);
        byte[] pages = new byte[countBytes];
        Array.Fill(pages, (byte)0xdb);
        return new Pages(this, pages);
    }

    /// <summary>Programs that Secure Boot does not take, by their names.</summary>
    public HashSet<string> Untrusted { get; } = [];

    public bool IsUntrusted(ReadOnlyMemory<byte> image, string name, string uri)
    {
        Deeds.Add($"try {name} of {uri}");
        return Untrusted.Contains(name);
    }

    public ulong StartImage(in ImageStart start)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (VirtualFile file in start.Files) files.TryAdd(file.Name, Join(file.Pieces));   // the first counts
        Started.Add(new StartedImage(
            start.Name, start.Uri, start.CommandLine, start.Image.ToArray(), Join(start.Initrd), files,
            start.DeviceTree.ToArray(), start.Card, start.Arguments, start.Shim));
        Deeds.Add($"start {start.Name}");
        return ExitStatuses.TryDequeue(out ulong status) ? status : 0;
    }

    public IVolumeFile? OpenFile(string? volumeLabel, string path)
    {
        Deeds.Add($"open {path}");
        return Volume.TryGetValue(path, out byte[]? content) ? new OpenedFile(content) : null;
    }

    public void Reset(ResetKind kind) => Deeds.Add($"reset {kind}");

    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var joined = new List<byte>();
        foreach (ReadOnlyMemory<byte> piece in pieces) joined.AddRange(piece.ToArray());
        return joined.ToArray();
    }

    public sealed record StartedImage(
        string Name, string Uri, string CommandLine, byte[] Image, byte[] Initrd, Dictionary<string, byte[]> Files,
        byte[] DeviceTree, INetworkDevice? Card, string Arguments, ShimStart? Shim);

    private sealed class Pages(FakeFirmware firmware, byte[] pages) : IMemoryOwner<byte>
    {
        private bool _given;

        public Memory<byte> Memory => _given ? throw new ObjectDisposedException("pages") : pages;

        public void Dispose()
        {
            if (_given) return;
            _given = true;
            firmware.PagesHeldBytes -= pages.Length;
        }
    }

    private sealed class OpenedFile(byte[] content) : IVolumeFile
    {
        private int _position;

        public ulong LengthBytes => (ulong)content.Length;

        public int Read(Span<byte> target)
        {
            int count = Math.Min(target.Length, content.Length - _position);
            content.AsSpan(_position, count).CopyTo(target);
            _position += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
