using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Sim;

/// <summary>Protects TCP and TFTP in every small world: all ways to lose, repeat and swap the first few
/// frames.</summary>
public class SmallWorldTests
{
    private static readonly byte[] File = SimulatedWorld.RandomFile(1, 3 * 1460 + 7);
    private static readonly FrameFate[] Fates =
        [FrameFate.Deliver, FrameFate.Lose, FrameFate.Duplicate, FrameFate.Swap];

    /// <summary>What becomes of the frames of one direction, in their order; those behind are delivered.</summary>
    private sealed class Plan(int number, int frames)
    {
        private int _left = number, _framesLeft = frames;

        public FrameFate Next()
        {
            if (_framesLeft-- <= 0) return FrameFate.Deliver;
            (_left, int choice) = Math.DivRem(_left, Fates.Length);
            return Fates[choice];
        }
    }

    private static void RunAll(int frames, string scheme, bool towardsUs)
    {
        int worlds = 1;
        for (int i = 0; i < frames; i++) worlds *= Fates.Length;
        for (int number = 0; number < worlds; number++)
        {
            var plan = new Plan(number, frames);
            var world = new SimulatedWorld(
                1, [File],
                ourCard: card => new FaultDevice(
                    card, frame => IsMeant(frame, towardsUs) ? plan.Next() : FrameFate.Deliver));
            byte[] body = world.Run(Duration.FromSeconds(120), stop => world.FetchAsync(scheme, 0, stop));
            Assert.True(body.AsSpan().SequenceEqual(File), $"{scheme} world {number}: wrong bytes");
            Assert.True(world.Lan.Frames < 150, $"{scheme} world {number}: {world.Lan.Frames} frames");
            Assert.Null(world.Fault);
        }
    }

    /// <summary>IPv4 frames of one direction: the server's address ends in 2.</summary>
    private static bool IsMeant(byte[] frame, bool towardsUs) =>
        frame[12] == 8 && frame[13] == 0 && frame[29] == (towardsUs ? 2 : 1);

    [Fact]
    public void TcpTowardsUs() => RunAll(6, "http", towardsUs: true);

    [Fact]
    public void TcpFromUs() => RunAll(4, "http", towardsUs: false);

    [Fact]
    public void TftpTowardsUs() => RunAll(5, "tftp", towardsUs: true);

    [Fact]
    public void TftpFromUs() => RunAll(4, "tftp", towardsUs: false);

    [Fact]
    public void APulledCableEndsInAFailureAndNotInAHang()
    {
        var world = new SimulatedWorld(1, [SimulatedWorld.RandomFile(1, 2_000_000)]);
        world.Pump.Schedule(Duration.FromMilliseconds(4), () => world.Lan.IsCut = true);
        Assert.Throws<BootFailure>(() =>
            world.Run(Duration.FromSeconds(900), stop => world.FetchAsync("http", 0, stop)));
    }
}
