using System;
using System.Runtime.InteropServices;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Xunit;

namespace Bootlace.Tests.Uefi;

/// <summary>Protects the choice of the entropy source: a broken one is never called good.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class EntropyChainTests : IDisposable
{
    private static Status s_answer;
    private static int s_notReady, s_calls;
    private static byte s_filler;
    private readonly FakeFirmware _firmware = new();

    public EntropyChainTests()
    {
        s_answer = Status.Success;
        s_notReady = s_calls = 0;
        s_filler = 0x77;
        _firmware.Cpu.TicksPerRead = 1;
    }

    public void Dispose() => _firmware.Dispose();

    [Fact]
    public void TheFirmwaresGeneratorIsPreferred()
    {
        InstallRng();
        _firmware.Cpu.HasRandom = true;
        Assert.Equal(EntropySource.Firmware, New().Source);
    }

    [Fact]
    public void ABusyGeneratorIsAskedAgain()
    {
        InstallRng();
        s_notReady = 5;
        Assert.Equal(EntropySource.Firmware, New().Source);
        Assert.Equal(6, s_calls);
    }

    [Fact]
    public void X12_AGeneratorThatFailsOrNeverGetsReadyIsLeftAlone()
    {
        InstallRng();
        s_answer = Status.DeviceError;
        _firmware.Cpu.HasRandom = true;
        Assert.Equal(EntropySource.Cpu, New().Source);

        s_answer = Status.Success;
        s_notReady = int.MaxValue;
        s_calls = 0;
        Assert.Equal(EntropySource.Cpu, New().Source);
        Assert.InRange(s_calls, 2, 100);
    }

    [Fact]
    public void X12_SuccessWithoutBytesIsNoSuccess()
    {
        InstallRng();
        s_filler = 0;
        _firmware.Cpu.HasRandom = true;
        Assert.Equal(EntropySource.Cpu, New().Source);
    }

    [Fact]
    public void ACpuGeneratorThatRepeatsItselfIsNotTrusted()
    {
        _firmware.Cpu.HasRandom = true;
        _firmware.Cpu.IsRandomStuck = true;
        Assert.NotEqual(EntropySource.Cpu, New().Source);
    }

    [Fact]
    public void ACounterInLockstepIsNoJitter() => Assert.Equal(EntropySource.None, New().Source);

    [Fact]
    public void TwoStartsGiveDifferentBytes()
    {
        InstallRng();
        var first = new byte[32];
        var second = new byte[32];
        New().Fill(first);
        s_filler = 0x78;
        New().Fill(second);
        Assert.NotEqual(first, second);
    }

    private EntropyChain New() => new(_firmware.NewServices(), _firmware.Cpu);

    private void InstallRng()
    {
        Rng* rng = _firmware.New<Rng>();
        rng->GetRng = &OnGetRng;
        _firmware.Install(_firmware.NewHandle(), Guids.Rng, rng);
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetRng(Rng* rng, EfiGuid* algorithm, nuint size, byte* target)
    {
        s_calls++;
        if (size < 32) return Status.InvalidParameter.Value;   // as EDK2
        if (s_notReady > 0)
        {
            s_notReady--;
            return Status.NotReady.Value;
        }
        if (s_answer.IsError) return s_answer.Value;
        new Span<byte>(target, (int)size).Fill(s_filler);
        return 0;
    }
}
