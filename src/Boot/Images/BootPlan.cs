using System;
using System.Collections.Generic;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>Decides what a started program gets: its command line, its initrd and the files it can see
/// (spec/ipxe-compat.md 7.3 to 7.5).</summary>
public static class BootPlan
{
    /// <summary>The name under which the whole initrd stands among the files.</summary>
    public const string InitrdName = "initrd.magic";

    // A shim finds the program as the boot loader it looks for. It parts the names at blanks, so they are not the
    // images' own, and knows itself by the first.
    private const string ShimOnX64 = "shimx64.efi", ShimOnArm64 = "shimaa64.efi",
        LoaderOnX64 = "grubx64.efi", LoaderOnArm64 = "grubaa64.efi";

    /// <summary>The start of <paramref name="program"/> beside all registered <paramref name="images"/>. Its initrd is
    /// what <c>initrd</c> fetched and nothing else: no script, no kernel, no autoexec.ipxe.</summary>
    public static ImageStart Make(
        Image program, IReadOnlyList<Image> images, ReadOnlyMemory<byte> deviceTree = default)
    {
        var modules = new List<Image>();
        var files = new List<VirtualFile>();
        foreach (Image image in images)
        {
            if (image == program || image.Kind == ImageKind.Script) continue;
            files.Add(new VirtualFile(ByteText.ToUnicode(image.Name), image.Content.Pieces));
            if (image.IsModule) modules.Add(image);
        }
        string arguments = program.CommandLine ?? "";
        IReadOnlyList<ReadOnlyMemory<byte>> initrd = Initrd.Assemble(Initrd.Choose(modules, arguments));
        if (initrd.Count > 0) files.Add(new VirtualFile(InitrdName, initrd));
        string name = ByteText.ToUnicode(program.Name);
        return new ImageStart
        {
            Image = program.Content.ToContiguous(),
            Name = name,
            Uri = program.Uri?.ToString() ?? "",
            CommandLine = arguments.Length == 0 ? name : $"{name} {ByteText.ToUnicode(arguments)}",
            Arguments = ByteText.ToUnicode(arguments),
            Initrd = initrd,
            DeviceTree = deviceTree,
            Files = files,
        };
    }

    /// <summary>The same start by a shim: it finds the program on its own device, verifies it, and gives it what
    /// follows the two names in its own options.</summary>
    public static ImageStart Through(Image shim, in ShimWishes wishes, ushort machine, in ImageStart start)
    {
        bool isArm64 = machine == PeImage.Arm64;
        string name = isArm64 ? ShimOnArm64 : ShimOnX64, loader = isArm64 ? LoaderOnArm64 : LoaderOnX64;
        var files = new List<VirtualFile> { new(loader, new[] { start.Image }) };   // before one that is called so
        files.AddRange(start.Files);
        return start with
        {
            Image = shim.Content.ToContiguous(),
            Name = name,
            CommandLine = $"{name} {loader} {start.CommandLine}",
            Files = files,
            Shim = new ShimStart(ByteText.ToUnicode(shim.Name), wishes.RequiresLoader, wishes.AllowsSbat),
        };
    }
}
