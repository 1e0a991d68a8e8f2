using System;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Uefi;
using Bootlace.Wire;

namespace Bootlace.Loader;

/// <summary>The firmware's chance, for keys: the screen says so when nothing but jitter vouches for it, and without
/// even that there are none.</summary>
internal sealed class KeyEntropy(UefiFirmware firmware, LogConsole console) : IEntropy
{
    private bool _isNoted;

    public void Fill(Span<byte> target)
    {
        if (firmware.EntropySource == EntropySource.None) throw new BootFailure(CryptoFailure.NoEntropy);
        if (firmware.EntropySource == EntropySource.TimingJitter && !_isNoted)
        {
            console.Note("Random numbers come from timing jitter alone: "
                + "neither the firmware nor the CPU has a generator\n");
            _isNoted = true;
        }
        firmware.Entropy.Fill(target);
    }
}
