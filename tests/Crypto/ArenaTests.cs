using System;
using System.Buffers;
using System.Collections.Generic;
using Bootlace.Crypto;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects the C library's heap: blocks are zero, aligned, apart from each other, and cleared when given
/// back; a full arena says so and goes on working.</summary>
public unsafe class ArenaTests
{
    private const int ChunkBytes = 256 * 1024;

    [Fact]
    public void ThousandsOfRandomBlocksStayApartAndZeroAtFirst()
    {
        Arena arena = Create(4 * ChunkBytes);
        Random random = new(1);
        List<(nint Block, int Length, byte Mark)> held = [];
        for (int step = 0; step < 20_000; step++)
        {
            if (held.Count > 0 && random.Next(100) < 49)
            {
                int index = random.Next(held.Count);
                (nint block, int length, byte mark) = held[index];
                Assert.False(Bytes(block, length).ContainsAnyExcept(mark), $"step {step}: a block was written over");
                arena.Free(block);
                held[index] = held[^1];
                held.RemoveAt(held.Count - 1);
                continue;
            }

            int wanted = random.Next(20) == 0 ? random.Next(20_000) : random.Next(1, 600);
            nint taken = arena.TryAllocate((nuint)wanted);
            if (taken == 0)
                continue;
            Assert.Equal(0, taken % 16);
            Assert.False(Bytes(taken, wanted).ContainsAnyExcept((byte)0), $"step {step}: a new block is not zero");
            byte own = (byte)random.Next(1, 256);
            Bytes(taken, wanted).Fill(own);
            held.Add((taken, wanted, own));
        }

        foreach ((nint block, int length, byte mark) in held)
        {
            Assert.False(Bytes(block, length).ContainsAnyExcept(mark));
            arena.Free(block);
        }
        Assert.Equal(0, arena.UsedBytes);
        Assert.InRange(arena.TakenBytes, ChunkBytes, 4 * ChunkBytes);
    }

    [Fact]
    public void WhatIsGivenBackIsClearedAtOnce()
    {
        Arena arena = Create(ChunkBytes);
        foreach (int length in new[] { 32, 2048, 20_000 })
        {
            nint block = arena.TryAllocate((nuint)length);
            nint neighbor = arena.TryAllocate((nuint)length);   // keeps the page
            Bytes(block, length).Fill(0x5a);
            arena.Free(block);
            Assert.False(Bytes(block, length).Contains((byte)0x5a));
            arena.Free(neighbor);
        }
    }

    [Fact]
    public void AFullArenaAnswersZeroAndServesAgainAfterwards()
    {
        Arena arena = Create(ChunkBytes);
        List<nint> blocks = [];
        for (nint block; (block = arena.TryAllocate(100)) != 0;)
            blocks.Add(block);
        Assert.True(blocks.Count >= ChunkBytes / 128 - 64);
        Assert.Equal(0, arena.TryAllocate(5000));
        foreach (nint block in blocks)
            arena.Free(block);
        Assert.NotEqual(0, arena.TryAllocate(100_000));
        Assert.Equal(ChunkBytes, arena.TakenBytes);
    }

    [Fact]
    public void MoreThanAChunkAndMoreThanThereIsAreRefused()
    {
        Arena arena = Create(2 * ChunkBytes);
        Assert.Equal(0, arena.TryAllocate(ChunkBytes + 1));
        Assert.Equal(0, arena.TryAllocate(nuint.MaxValue));
        Assert.NotEqual(0, arena.TryAllocate(ChunkBytes));
        Assert.NotEqual(0, arena.TryAllocate(ChunkBytes));
        Assert.Equal(0, arena.TryAllocate(1));
    }

    [Fact]
    public void AFirmwareWithoutPagesMakesNullsNotTrouble()
    {
        Arena arena = new(_ => throw new BootFailure(CryptoFailure.OutOfMemory), ChunkBytes);
        Assert.Equal(0, arena.TryAllocate(1));
        Assert.Equal(0, arena.TakenBytes);
    }

    private static Arena Create(int countBytes) => new(Held, countBytes);

    private static IMemoryOwner<byte> Held(int countBytes)
    {
        HeldPages pages = new(countBytes);
        pages.GetSpan().Fill(0xee);   // firmware does not clear what it gives
        return pages;
    }

    private static Span<byte> Bytes(nint block, int length) => new((void*)block, length);
}
