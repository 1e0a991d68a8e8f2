using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A script of 64 KiB, with lines of many kilobytes, line ends of another system and none at its very end.
/// </summary>
public sealed class LongScript
{
    private const int ScriptBytes = 64 << 10;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task ALongScriptRunsToItsEndAndBootsLinux(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(LongScript), Firmware.ByName(firmwareName));
        string script = Write(bed.Payload.CommandLine);
        Assert.True(script.Length >= ScriptBytes);
        // As bytes: the bed gives every script the same line ends.
        bed.Server["/boot.ipxe"] = ServedFile.FromBytes(Encoding.UTF8.GetBytes(script));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "rounds: 40");
        await machine.ExpectAsync(Expectations.BootLimit, "the long value arrived");
        // What becomes of the umlaut is the firmware's business: EDK2 has only ASCII on this line.
        await machine.ExpectAsync(Expectations.BootLimit, " at the end, after all");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        Assert.False(machine.Serial.HasSaid("filler was run"));
    }

    /// <summary>The loop stands at the far end and leads back to the beginning, which leads to the end again.
    /// </summary>
    private static string Write(string commandLine)
    {
        string value = new('v', 20_000);
        // The same word in pieces of 100 characters, glued together.
        string pieces = string.Join("\\\r\n", Enumerable.Repeat(new string('v', 100), value.Length / 100));
        string begin = $$"""
            #!ipxe
            set long {{value}}
            set i:int32 0
            goto far
            :back
            iseq ${long} {{pieces}} && echo the long value arrived
            goto end

            """;
        string end = $$"""
            :far
            inc i
            iseq ${i} 40 || goto far
            echo rounds: ${i}
            goto back
            :end
            echo Menü at the end, after all
            kernel vmlinuz {{commandLine}}
            initrd initrd.img
            boot
            """;
        StringBuilder script = new(begin);
        while (script.Length < ScriptBytes - end.Length)
            script.Append("echo filler was run # and ran on\n");
        return script.Append(end).ToString().ReplaceLineEndings("\r\n");
    }
}
