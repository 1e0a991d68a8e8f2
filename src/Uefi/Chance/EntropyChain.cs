using System;
using System.Buffers.Binary;
using Bootlace.Net;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>Random bytes from the best source the machine has. Every source that answers is folded in; <see
/// cref="Source"/> names the best of them. The jitter is always gathered as well, so that one bad source cannot decide
/// alone (facts/tls.md 6).</summary>
internal sealed unsafe class EntropyChain : IEntropy
{
    private const int SeedBytes = 32;          // EDK2 refuses smaller requests
    private const int NotReadyTriesMax = 16;
    private const int CpuWords = 8;
    private const int JitterSamples = 2048;    // claimed at a quarter bit each: twice the 256 bits needed
    private const int RunMax = 161;            // 1 + 40 / 0.25: SP 800-90B, 4.4.1, at a false alarm in 2^40
    private const nuint JitterPoolBytes = 64;

    private readonly Services _services;
    private readonly ICpu _cpu;
    private readonly RandomGenerator _generator = new();

    public EntropyChain(Services services, ICpu cpu)
    {
        _services = services;
        _cpu = cpu;
        bool jitter = AbsorbJitter();
        bool cpuRandom = AbsorbCpu();
        bool firmware = AbsorbFirmware();
        Source = firmware ? EntropySource.Firmware
            : cpuRandom ? EntropySource.Cpu
            : jitter ? EntropySource.TimingJitter
            : EntropySource.None;
    }

    /// <summary>The best source that answered.</summary>
    public EntropySource Source { get; }

    public void Fill(Span<byte> target) => _generator.Fill(target);

    private bool AbsorbFirmware()
    {
        var rng = (Rng*)_services.TryLocateProtocol(Guids.Rng);
        if (rng == null) return false;
        byte* seed = stackalloc byte[SeedBytes];
        new Span<byte>(seed, SeedBytes).Clear();
        Status status = Status.NotReady;
        for (int i = 0; i < NotReadyTriesMax && status == Status.NotReady; i++)
        {
            if (i > 0) _services.Stall(1000);
            status = rng->GetRng(rng, null, SeedBytes, seed);
        }
        var bytes = new Span<byte>(seed, SeedBytes);
        bool ok = !status.IsError && bytes.ContainsAnyExcept((byte)0);   // success without bytes is none
        if (ok) _generator.Absorb(bytes);
        bytes.Clear();
        return ok;
    }

    private bool AbsorbCpu()
    {
        Span<byte> bytes = stackalloc byte[CpuWords * sizeof(ulong)];
        ulong previous = 0;
        for (int i = 0; i < CpuWords; i++)
        {
            if (!_cpu.TryReadRandom(out ulong value) || value == previous || value == ulong.MaxValue) return false;
            previous = value;   // some CPUs answer all ones, or the same number for ever, after a suspend
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * sizeof(ulong))..], value);
        }
        _generator.Absorb(bytes);
        bytes.Clear();
        return true;
    }

    /// <summary>Times a pool allocation again and again. False when the differences repeat too often to be
    /// chance.</summary>
    private bool AbsorbJitter()
    {
        Span<byte> batch = stackalloc byte[ChaCha20.KeyBytes];
        ulong last = _cpu.ReadCounter(), lastDifference = 0;
        int run = 1, runMost = 1;
        for (int i = 0; i < JitterSamples; i++)
        {
            void* pool = null;
            Status status = _services.Boot->AllocatePool(MemoryType.LoaderData, JitterPoolBytes, &pool);
            if (!status.IsError) _services.Boot->FreePool(pool);
            ulong now = _cpu.ReadCounter();
            ulong difference = now - last;
            run = difference == lastDifference ? run + 1 : 1;
            runMost = Math.Max(runMost, run);
            last = now;
            lastDifference = difference;
            int slot = i % (ChaCha20.KeyBytes / sizeof(uint)) * sizeof(uint);
            BinaryPrimitives.WriteUInt32LittleEndian(batch[slot..], (uint)difference);
            if (slot == ChaCha20.KeyBytes - sizeof(uint)) _generator.Absorb(batch);
        }
        batch.Clear();
        return runMost < RunMax;
    }
}
