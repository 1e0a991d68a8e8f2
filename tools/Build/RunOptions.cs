namespace Bootlace.Build;

/// <summary>What the user asked of `run`.</summary>
/// <param name="Firmware">Name of the firmware; null for the architecture's default.</param>
/// <param name="Architecture">"x64" or "arm64"; null for what the firmware says, or x64.</param>
/// <param name="IsInteractive">Whether the guest's shell is the user's.</param>
/// <param name="Kernel">The user's own kernel; null for the test payload.</param>
/// <param name="Initrd">The user's own initrd; null for none beside an own kernel.</param>
/// <param name="Append">The own kernel's command line.</param>
/// <param name="Screenshot">Where to save what the screen shows; null for nowhere.</param>
/// <param name="ScreenshotAt">The text on the serial line at which it is taken; null for the end.</param>
/// <param name="UsesKvm">Whether KVM may be used.</param>
/// <param name="MemoryMiB">The machine's memory.</param>
public sealed record RunOptions(
    string? Firmware,
    string? Architecture,
    bool IsInteractive,
    string? Kernel,
    string? Initrd,
    string? Append,
    string? Screenshot,
    string? ScreenshotAt,
    bool UsesKvm,
    int MemoryMiB);
