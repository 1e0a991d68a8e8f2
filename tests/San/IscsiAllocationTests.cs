using System;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Bootlace.Tests.San;

/// <summary>Protects the collected heap: a gigabyte read through an iSCSI disk leaves nothing behind on it.</summary>
public class IscsiAllocationTests(ITestOutputHelper output)
{
    /// <summary>.NET wraps each continuation that it posts to the pump's queue; our runtime does not.</summary>
    private const int WrapBytes = 88;

    /// <summary>Size of the request, and how many continuations go through the queue for it at most: two or three for
    /// each piece that the connection reads and for each PDU it sends.</summary>
    [Theory]
    [InlineData(true, 512, 8)]
    [InlineData(true, 65_536, 8)]
    [InlineData(true, 1 << 20, 100)]
    [InlineData(false, 512, 5)]
    [InlineData(false, 65_536, 5)]
    [InlineData(false, 1 << 20, 40)]
    public void ARequestAllocatesNothing(bool isRead, int countBytes, int postsMax)
    {
        var pump = new Pump(new ManualClock());
        var model = new ModelIscsiTarget { InitialR2T = false, FirstBurstBytes = 262_144 };
        var target = new FastTarget(pump, model.Accept());
        pump.Add(target);
        var options = new IscsiOptions
        {
            Path = new RootPath { Server = "san.test", TargetName = ModelIscsiTarget.DefaultName },
            InitiatorName = "iqn.2025-01.test.bootlace:us",
        };
        IscsiDisk disk = pump.Run(() => IscsiDisk.OpenAsync(
            pump, new SeededEntropy(1), (_, _, _) => Task.FromResult(new Portal(target, new Ipv4Address(10, 1, 0, 2))),
            options, default));
        target.IsFast = true;
        byte[] memory = new byte[countBytes];
        const int requests = 200;
        for (int i = 0; i < 2 * requests; i++) Next();
        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < requests; i++) Next();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / requests);
        }
        output.WriteLine($"{(isRead ? "read" : "write")} {countBytes}: {least} bytes, {least / WrapBytes} posts");
        Assert.InRange(least, 0, postsMax * WrapBytes);

        void Next()
        {
            using (pump.Enter())
            {
                pump.RunUntil(isRead ? disk.ReadAsync(0, memory, default) : disk.WriteAsync(0, memory, default));
            }
        }
    }
}
