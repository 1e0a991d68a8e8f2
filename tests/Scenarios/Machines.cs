using System.Linq;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The machines that a scenario runs on, as rows of a theory. Newer firmware is among them where this
/// machine's distribution has a next release to take it from.</summary>
public static class Machines
{
    /// <summary>Every firmware there is.</summary>
    public static TheoryData<string> All => [.. Firmware.All.Select(it => it.Name)];

    /// <summary>One of each family: the machine's own release.</summary>
    public static TheoryData<string> Families =>
        [.. Firmware.All.GroupBy(it => it.Kind).Select(family => family.First().Name)];

    /// <summary>The two that differ most: OVMF on x64 and U-Boot on arm64.</summary>
    public static TheoryData<string> OvmfAndUboot => [Firmware.ByName("ovmf").Name, Firmware.ByName("uboot").Name];
}
