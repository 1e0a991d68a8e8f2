namespace Bootlace.Harness;

/// <summary>How the loader gets into the machine.</summary>
public abstract record MachineStart
{
    private MachineStart()
    {
    }

    /// <summary>The quickest way the firmware offers for one EFI program: QEMU's -kernel on EDK2, `dhcp; tftpboot;
    /// bootefi`
    /// on U-Boot (or -kernel when there is no network to load from).</summary>
    /// <param name="Image">Path of the EFI program.</param>
    /// <param name="LoadOptions">Its load options; null for none.</param>
    public sealed record Program(string Image, string? LoadOptions = null) : MachineStart;

    /// <summary>A kernel and initrd handed over by QEMU itself, without any loader: checks the payload and the
    /// bed.</summary>
    /// <param name="Payload">What to boot.</param>
    public sealed record Direct(LinuxPayload Payload) : MachineStart;

    /// <summary>A disk with an EFI system partition.</summary>
    /// <param name="Image">Path of the disk image.</param>
    /// <param name="Next">Path of a second one, which EDK2 goes on to where the first gives up; null for
    /// none.</param>
    public sealed record Disk(string Image, string? Next = null) : MachineStart;

    /// <summary>The firmware's own network boot, over PXE or HTTP.</summary>
    /// <param name="IsHttp">HTTP boot only; otherwise PXE over IPv4.</param>
    public sealed record Network(bool IsHttp) : MachineStart;
}
