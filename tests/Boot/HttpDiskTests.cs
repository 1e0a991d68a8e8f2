using System;
using System.Linq;
using System.Text;
using System.Threading;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Support;
using Bootlace.Tests.Transfer;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects disks that are files on an HTTP server: their blocks, and how rarely it is asked.</summary>
public class HttpDiskTests
{
    private const int FileBytes = 8 << 20;

    private readonly Pump _pump = new(new ManualClock());
    private readonly ScriptedServer _server;
    private byte[] _content = new byte[FileBytes + 100];

    public HttpDiskTests()
    {
        new Random(3).NextBytes(_content);
        _server = new ScriptedServer(_pump) { Answer = request => [Part(request)] };
    }

    [Fact]
    public void AnImageHasBlocksOf512BytesAndCannotBeWritten()
    {
        HttpDisk disk = Open();
        Assert.Equal(new DiskGeometry(512, FileBytes / 512, true, 128), disk.Geometry);
        BootFailure failure = Assert.Throws<BootFailure>(() =>
            _pump.RunUntil(disk.WriteAsync(0, new byte[512], CancellationToken.None)));
        Assert.Same(SanFailure.WriteProtected, failure.Kind);
    }

    [Fact]
    public void AnIsoHasBlocksOf2048Bytes()
    {
        "CD001"u8.CopyTo(_content.AsSpan(16 * 2048 + 1));
        HttpDisk disk = Open();
        Assert.Equal(new DiskGeometry(2048, FileBytes / 2048, true, 32), disk.Geometry);
        var target = new byte[2048];
        using (_pump.Enter()) _pump.RunUntil(disk.ReadAsync(16, target, CancellationToken.None));
        Assert.Equal("CD001", Encoding.ASCII.GetString(target, 1, 5));
    }

    [Fact]
    public void AFileWithoutABlockIsNoDisk()
    {
        _content = new byte[511];
        BootFailure failure = Assert.Throws<BootFailure>(Open);
        Assert.Same(SanFailure.NoBlocks, failure.Kind);
        Assert.Equal(0, _server.OpenCount);
    }

    [Fact]
    public void SmallReadsInOrderBecomeLargeRequestsAndTheTablesAreAskedForOnce()
    {
        var disk = new CachedDisk(_pump, Open(), new byte[4 << 20]);
        int before = _server.Requests.Count;
        for (int slot = 0; slot < 128; slot++) Check(disk, 2, 32);
        Assert.InRange(_server.Requests.Count - before, 1, 2);
        before = _server.Requests.Count;
        for (int block = 2048; block < 2048 + 8192; block += 8) Check(disk, block, 8);   // 4 MiB in 4 KiB
        Assert.InRange(_server.Requests.Count - before, 8, 14);
        Assert.All(_server.Requests.Skip(2), request => Assert.True(BytesOf(request) >= 65_536));
        Assert.Single(_server.Connections);
    }

    private static long BytesOf(string request)
    {
        string[] ends = HttpTalk.Header(request, "Range")["bytes=".Length..].Split('-');
        return long.Parse(ends[1]) - long.Parse(ends[0]) + 1;
    }

    private HttpDisk Open() => _pump.Run(() => HttpDisk.OpenAsync(
        _pump, new HttpConnectors(_server, null), new HttpOptions(), BootUri.Parse("http://h/disk.img"),
        CancellationToken.None));

    private void Check(IBlockDevice disk, int block, int count)
    {
        var target = new byte[count * 512];
        using (_pump.Enter()) _pump.RunUntil(disk.ReadAsync((ulong)block, target, CancellationToken.None));
        Assert.True(target.AsSpan().SequenceEqual(_content.AsSpan(block * 512, target.Length)));
    }

    private byte[] Part(string request)
    {
        string[] ends = HttpTalk.Header(request, "Range")["bytes=".Length..].Split('-');
        int first = int.Parse(ends[0]), end = Math.Min(int.Parse(ends[1]) + 1, _content.Length);
        string head = $"HTTP/1.1 206 Partial Content\r\nETag: W/\"1\"\r\nContent-Length: {end - first}\r\n"
            + $"Content-Range: bytes {first}-{end - 1}/{_content.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. _content.AsSpan(first..end)];
    }
}
