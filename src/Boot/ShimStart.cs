namespace Bootlace.Boot;

/// <summary>How a shim is started, besides what every program is.</summary>
/// <param name="Name">The image's name, which its device path does not have.</param>
/// <param name="RequiresLoader">It may refuse to let a kernel take over that no boot loader has shown to it.</param>
/// <param name="AllowsSbat">It sees, and writes, which generations of programs are revoked.</param>
public readonly record struct ShimStart(string Name, bool RequiresLoader, bool AllowsSbat);
