using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Our core library does inside the firmware what .NET does on the host: the checks of
/// tests/RuntimeChecks.</summary>
public sealed partial class RuntimeInFirmware
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task EveryRuntimeCheckPasses(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        MachineSetup setup = new(
            $"{nameof(RuntimeInFirmware)}-{firmwareName}",
            firmware,
            new MachineStart.Program(LoaderImage.RuntimeChecks(firmware.Architecture)),
            new MachineNetwork.User());
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectAsync(Limit, "RUNTIME-CHECKS passed=");
        await machine.ExpectReturnAsync();
        Match summary = Summary().Match(machine.Serial.Text);
        string passed = summary.Groups[1].Value;
        string failed = summary.Groups[2].Value;

        // The door adds these to its totals.
        await File.WriteAllTextAsync(
            Path.Combine(Repository.Logs, $"runtime-checks-{firmwareName}.count"), $"{passed} {failed}\n");
        Assert.True(failed == "0", machine.Serial.Describe(60));
        Assert.True(int.Parse(passed) >= 300, $"only {passed} checks ran");
    }

    [GeneratedRegex(@"RUNTIME-CHECKS passed=(\d+) failed=(\d+)")]
    private static partial Regex Summary();
}
