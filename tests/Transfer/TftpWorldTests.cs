using System;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects TFTP transfers in every order of loss, copies and swaps of their first packets: the file arrives
/// whole, and nothing is sent without end.</summary>
public class TftpWorldTests
{
    public static TheoryData<int, int, int, bool> Worlds => new()
    {
        // blocks, window asked, window granted, server knows options
        { 0, 1, 1, true },
        { 2, 1, 1, true },
        { 2, 4, 1, true },
        { 3, 2, 2, true },
        { 4, 4, 4, true },
        { 6, 3, 3, true },
        { 1, 4, 4, false },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void EveryOrderOfLossCopyAndSwapEndsWithTheWholeFile(int blocks, int asked, int granted, bool knowsOptions)
    {
        const int packets = 7, choices = 4;
        int blockBytes = knowsOptions ? 8 : 512;
        byte[] file = new byte[blocks * blockBytes + 3];
        new Random(blocks).NextBytes(file);
        int worlds = (int)Math.Pow(choices, packets);
        int allLost = (worlds - 1) / (choices - 1) * (int)TftpWorld.PacketFate.Lost;
        for (int number = 0; number < worlds; number++)
        {
            if (number == allLost) continue;   // seven requests without an answer are given up
            int plan = number;
            var server = new ModelTftpServer(file) { WindowBlocksMax = granted, KnowsOptions = knowsOptions };
            var world = new TftpWorld(file, new TftpWishes(8, asked), server)
            {
                Fate = () =>
                {
                    var fate = (TftpWorld.PacketFate)(plan % choices);
                    plan /= choices;
                    return fate;
                },
            };
            world.Run(stepsMax: 400);
            Assert.True(world.State == TftpState.Done, $"world {number}: {world.State}");
            Assert.True(world.Body.Bytes.AsSpan().SequenceEqual(file), $"world {number}: other bytes");
            Assert.True(world.Elapsed < Duration.FromSeconds(30), $"world {number}: took {world.Elapsed}");
        }
    }
}
