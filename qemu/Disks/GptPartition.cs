using System;

namespace Bootlace.Harness;

/// <summary>A partition to be made.</summary>
/// <param name="Name">Its name, as `PARTLABEL=` finds it; 36 characters at most.</param>
/// <param name="Type">What it is for.</param>
/// <param name="Content">Path of the file with its content, whose length becomes its length.</param>
public sealed record GptPartition(string Name, Guid Type, string Content)
{
    /// <summary>An EFI system partition (UEFI specification, table 5.7).</summary>
    public static readonly Guid EfiSystem = new("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    /// <summary>A file system of Linux.</summary>
    public static readonly Guid LinuxFiles = new("0fc63daf-8483-4772-8e79-3d69d8477de4");
}
