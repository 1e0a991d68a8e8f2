namespace Bootlace.Script;

/// <summary>What a shim is to do as it does without us.</summary>
/// <param name="RequiresLoader">It may refuse to let a kernel take over that no boot loader has shown to it.</param>
/// <param name="AllowsSbat">It sees which generations of programs are revoked (SBAT), and may revoke more. Kernels
/// without such a mark are refused then.</param>
public readonly record struct ShimWishes(bool RequiresLoader, bool AllowsSbat);
