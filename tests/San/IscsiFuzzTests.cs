using System;
using System.Linq;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the session against whatever a target may send in full feature phase: each request ends in a
/// bounded time with success or a failure of the world, and nothing outside the caller's memory is touched.</summary>
public class IscsiFuzzTests
{
    private const int Guard = 4096;

    [Fact]
    public void PdusThatAreChangedDroppedOrDoubledAreSurvived()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            try
            {
                RunPdus(seed);
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    [Fact]
    public void BytesThatAreChangedAreFoundByTheDigests()
    {
        for (int seed = 1; seed <= 80; seed++)
        {
            var random = new Random(seed);
            DiskTalk talk = Talk();
            talk.Target.Digests = ["CRC32C"];
            IscsiDisk disk = talk.Open();
            talk.Stream.Twist = bytes =>
            {
                if (bytes.Length == 0 || random.Next(3) > 0) return bytes;
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            };
            for (int i = 0; i < 3; i++)
                TryTo(() => talk.ReadsWell(disk, (ulong)random.Next(1000), random.Next(1, 300)));
        }
    }

    private static void RunPdus(int seed)
    {
        var random = new Random(seed);
        DiskTalk talk = Talk();
        talk.Target.DataInBytesMax = 1 << random.Next(9, 17);
        talk.Target.MaxBurstBytes = 1 << random.Next(12, 18);
        talk.Target.FirstBurstBytes = Math.Min(65_536, talk.Target.MaxBurstBytes);
        talk.Target.ImmediateData = random.Next(2) == 0;
        talk.Target.InitialR2T = random.Next(2) == 0;
        talk.Target.StatusInData = random.Next(2) == 0;
        IscsiDisk disk = talk.Open();
        int oneIn = random.Next(1, 12);
        byte[]? kept = null;
        talk.Target.TwistPdu = (header, data) =>
        {
            if (random.Next(oneIn) > 0) return (header, data);
            if (random.Next(6) == 0 && kept is not null) talk.Stream.Connection.SendRaw((byte[])kept.Clone(), []);
            kept = (byte[])header.Clone();
            return Twist(random, header, data);
        };
        byte[] memory = new byte[Guard + 512 * 1024 + Guard];
        Instant start = talk.Pump.Now;
        for (int i = 0; i < 4; i++)
        {
            memory.AsSpan().Fill(0xa5);
            int bytes = random.Next(1, 1024) * 512;
            ulong block = (ulong)random.Next(1000);
            if (random.Next(2) == 0) TryTo(() => talk.Write(disk, block, new byte[bytes]));
            else TryTo(() => Read(talk, disk, block, memory.AsMemory(Guard, bytes)));
            Assert.True(memory.AsSpan(0, Guard).IndexOfAnyExcept((byte)0xa5) < 0, $"seed {seed}");
            Assert.True(memory.AsSpan(Guard + bytes).IndexOfAnyExcept((byte)0xa5) < 0, $"seed {seed}");
        }
        TryTo(() => talk.Close(disk));
        Assert.InRange((talk.Pump.Now - start).Milliseconds, 0, 4 * 300_000);
    }

    private static (byte[], byte[])? Twist(Random random, byte[] header, byte[] data)
    {
        switch (random.Next(8))
        {
            case 0:
                return null;
            case 1:
                header[random.Next(header.Length)] ^= (byte)(1 << random.Next(8));
                return (header, data);
            case 2:
                int at = 4 * random.Next(2, 12);
                BigEndian.WriteU32(header, at, random.Next(4) switch
                {
                    0 => 0,
                    1 => uint.MaxValue,
                    2 => BigEndian.ReadU32(header, at) + (uint)random.Next(-600, 600),
                    _ => (uint)random.Next(),
                });
                return (header, data);
            case 3:
                return (header, data[..random.Next(data.Length + 1)]);
            case 4:
                return (header, [.. data, .. new byte[random.Next(2000)]]);
            case 5:
                header[0] = (byte)random.Next(0x20, 0x40);
                return (header, data);
            case 6:
                header[2] = (byte)random.Next(256);
                header[3] = (byte)random.Next(256);
                return (header, data);
            default:
                random.NextBytes(header.AsSpan(1, 3));
                return (header, data);
        }
    }

    private static void Read(DiskTalk talk, IscsiDisk disk, ulong block, Memory<byte> memory) =>
        talk.Pump.Run(async () => await disk.ReadAsync(block, memory, default));

    private static DiskTalk Talk()
    {
        var talk = new DiskTalk { IsTolerant = true };
        talk.Options = talk.Options with { Retries = 3 };
        return talk;
    }

    /// <summary>The target may fail us, but only so.</summary>
    private static void TryTo(Action action)
    {
        try
        {
            action();
        }
        catch (BootFailure)
        {
            // it says what is wrong
        }
    }
}
