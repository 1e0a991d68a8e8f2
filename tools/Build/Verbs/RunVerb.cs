using System.CommandLine;
using System.IO;

namespace Bootlace.Build;

/// <summary>`run`: the loader boots Linux over the network in QEMU, with the console live.</summary>
public static class RunVerb
{
    /// <summary>The verb for the command line.</summary>
    public static Command Create()
    {
        Option<string?> architecture = new("--arch") { Description = "x64 (OVMF) or arm64 (U-Boot); default x64." };
        Option<string?> firmware = new("--firmware")
        {
            Description = "ovmf, uboot or aavmf, or one release of them, as ovmf-2025.02.",
        };
        Option<bool> interactive = new("--interactive") { Description = "Stay at the guest's shell; Ctrl-] leaves." };
        Option<FileInfo> kernel = new("--kernel") { Description = "Your own kernel instead of the test payload's." };
        Option<FileInfo> initrd = new("--initrd") { Description = "Your own initrd." };
        kernel.AcceptExistingOnly();
        initrd.AcceptExistingOnly();
        Option<string?> append = new("--append") { Description = "Your own kernel's command line." };
        Option<string?> screenshot = new("--screenshot") { Description = "Save what the screen shows as a PNG." };
        Option<string?> screenshotAt = new("--screenshot-at")
        {
            Description = "Take the screenshot when the serial line shows this text, not at the end.",
        };
        Option<bool> kvm = new("--kvm") { Description = "Use KVM; a nested one is known to crash OVMF." };
        Option<int> memory = new("--memory")
        {
            Description = "The machine's memory in MiB.",
            DefaultValueFactory = _ => 1024,
        };
        Command verb = new("run", "Build, and boot Linux over the network in QEMU; succeeds only if the guest says so.")
        {
            architecture, firmware, interactive, kernel, initrd, append, screenshot, screenshotAt, kvm, memory,
        };
        verb.SetAction((result, _) =>
        {
            Packages.Ensure(PackageNeed.Build, PackageNeed.Boot);
            LoaderImages.Build();
            return NetworkBoot.RunAsync(new RunOptions(
                result.GetValue(firmware),
                result.GetValue(architecture),
                result.GetValue(interactive),
                result.GetValue(kernel)?.FullName,
                result.GetValue(initrd)?.FullName,
                result.GetValue(append),
                result.GetValue(screenshot),
                result.GetValue(screenshotAt),
                result.GetValue(kvm),
                result.GetValue(memory)));
        });
        return verb;
    }
}
