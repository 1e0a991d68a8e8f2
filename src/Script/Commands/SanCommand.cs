using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>What the commands for network disks share: the drive's number and the root paths (spec/ipxe-compat.md
/// 2.6).</summary>
public abstract class SanCommand(
    string name, ISan san, string argumentsText, int argumentsMin, int argumentsMax, Option[] options)
    : Command(name, argumentsText, argumentsMin, argumentsMax, options)
{
    /// <summary>--drive.</summary>
    protected static readonly Option Drive = new("drive", 'd', "drive");
    /// <summary>--no-describe.</summary>
    protected static readonly Option NoDescribe = new("no-describe", 'n');
    /// <summary>--ram.</summary>
    protected static readonly Option Ram = new("ram", 'r');

    /// <summary>The disks.</summary>
    protected ISan San { get; } = san;

    /// <summary>The number after --drive; null: not given.</summary>
    protected static uint? ReadDrive(CommandCall call)
    {
        if (call.Text(Drive) is not { } text) return null;
        long number = NumberText.Read(text);
        if (number is >= 0 and <= uint.MaxValue) return (uint)number;
        throw new BootFailure(ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(text)}' is not a drive number");
    }

    /// <summary>The disk that options and arguments name.</summary>
    protected static SanHook ReadHook(CommandCall call) => new()
    {
        Drive = ReadDrive(call),
        IsDescribed = !call.Has(NoDescribe),
        IsRamDisk = call.Has(Ram),
        RootPaths = call.Arguments,
    };
}
