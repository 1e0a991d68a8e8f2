using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>Whole files of the firmware's volumes, as <see cref="FileReader"/> wants them.</summary>
public static class VolumeFile
{
    /// <summary>Reads a file into <paramref name="target"/>; false when there is no such file or volume.</summary>
    public static bool TryRead(IFirmware firmware, string? volumeLabel, string path, IBodyTarget target)
    {
        using IVolumeFile? file = firmware.OpenFile(volumeLabel, path);
        if (file is null) return false;
        target.Expect(file.LengthBytes);
        for (ulong rest = file.LengthBytes; rest > 0;)
        {
            int count = file.Read(target.GetRoom().Span);
            target.Advance(count);
            rest -= (ulong)count;
        }
        return true;
    }
}
