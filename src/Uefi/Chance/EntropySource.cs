namespace Bootlace.Uefi;

/// <summary>Where the randomness comes from, best first.</summary>
public enum EntropySource
{
    /// <summary>The firmware's EFI_RNG_PROTOCOL.</summary>
    Firmware,
    /// <summary>The CPU's own generator: RDRAND or RNDR.</summary>
    Cpu,
    /// <summary>The jitter of memory services against the CPU's counter: the least certain one, to be said on
    /// screen.</summary>
    TimingJitter,
    /// <summary>Not even the jitter moves: good enough for transaction numbers, never for keys.</summary>
    None,
}
