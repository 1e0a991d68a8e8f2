using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Support;

/// <summary>What the C library runs on in the tests: memory that takes turns among the threads that tests run on, and a
/// date that a test may choose.</summary>
internal static class TestPlatform
{
    private const int ArenaBytes = 64 * 1024 * 1024;

    /// <summary>2026-11-21 12:00:00 UTC unless a test says otherwise.</summary>
    public static readonly long UsualTime = new CalendarDate(2026, 11, 21, 12, 0, 0).ToUnixTime();

    /// <summary>The date that certificates are compared with, for the tests of one collection.</summary>
    public static long UnixTime { get; set; } = UsualTime;

    /// <summary>Bytes of the library's memory in use: the same before and after when nothing leaks and nobody else
    /// runs.
    /// </summary>
    public static int UsedBytes => SharedMemory.Arena.UsedBytes;

    /// <summary>The most that was in use since it was last set.</summary>
    public static int UsedBytesMost { get; set; }

    /// <summary>How many more allocations the test that sets it gets; null: no limit.</summary>
    public static AsyncLocal<int?> AllocationsLeft { get; } = new();

    [ModuleInitializer]
    internal static void Provide() => CLibrary.Provide(new CryptoPlatform
    {
        Memory = new SharedMemory(),
        Entropy = new SystemEntropy(),
        UnixTime = () => UnixTime,
        Clock = new ManualClock(),
    });

    private sealed class SharedMemory : INativeMemory
    {
        private static readonly Lock s_lock = new();

        public static Arena Arena { get; } = new(countBytes => new HeldPages(countBytes), ArenaBytes);

        public nint TryAllocate(nuint countBytes)
        {
            if (AllocationsLeft.Value is { } left && (AllocationsLeft.Value = left - 1) < 0)
                return 0;
            lock (s_lock)
            {
                nint block = Arena.TryAllocate(countBytes);
                UsedBytesMost = Math.Max(UsedBytesMost, Arena.UsedBytes);
                return block;
            }
        }

        public void Free(nint block)
        {
            lock (s_lock) Arena.Free(block);
        }
    }

    private sealed class SystemEntropy : IEntropy
    {
        public void Fill(Span<byte> target) => RandomNumberGenerator.Fill(target);
    }
}
