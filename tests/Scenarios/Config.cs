using System;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;
using static Bootlace.Scenarios.TypedKeys;

namespace Bootlace.Scenarios;

/// <summary>A user of the settings editor, at the serial line and at the machine's own screen and keyboard.</summary>
public sealed class Config
{
    private const string Leave = CtrlX, New = CtrlN;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const string Script = """
        #!ipxe
        set 1st hello
        set 2nd:int32 41
        set 3rd x
        config
        echo now <${1st}> <${2nd}> <${3rd}> <${net0/mine}>
        exit

        """;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task SettingsAreChangedOverTheSerialLine(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("ConfigOverSerial", Firmware.ByName(firmwareName));
        bed.Script = Script;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Ctrl-X leaves");
        await machine.TypeAsync($"1{Enter}!{Enter}");
        await machine.ExpectAsync(Limit, "1st:string");
        await machine.TypeAsync($"2{Enter}x{Enter}");
        await machine.ExpectAsync(Limit, "is no value of type int32");
        await machine.TypeAsync($"\b\b2{Enter}");
        await machine.ExpectAsync(Limit, "Ctrl-X leaves");
        await machine.TypeAsync($"3{Delete}{PageDown}{Up}{Home}");
        await machine.TypeAsync($"n{Enter}");
        await machine.ExpectAsync(Limit, "Settings of net");
        await machine.TypeAsync($"d{Enter}");
        await machine.ExpectAsync(Limit, "Settings of net0.dhcp");
        await machine.ExpectAsync(Limit, "10.0.2.15");
        await machine.TypeAsync($"\b{New}mine{Enter}1{Enter}");
        await machine.ExpectAsync(Limit, "net0/mine:string");
        await machine.TypeAsync(Leave);
        await machine.ExpectAsync(Limit, "now <hello!> <42> <> <1>");
        await machine.ExpectReturnAsync();
    }

    [Fact]
    public async Task SettingsAreChangedOnTheScreen()
    {
        await using BootBed bed = await BootBed.CreateAsync("ConfigOnScreen", Firmware.ByName("ovmf"));
        bed.Script = Script;
        bed.Setup = bed.Setup with { HasScreen = true };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Ctrl-X leaves");
        await machine.PressAsync("2");
        await machine.ExpectAsync(Limit, "2nd:int32");
        await machine.ScreenshotAsync(Path.Combine(Repository.Logs, "config.png"));   // as docs/ has it
        await machine.PressAsync("1", "ret", "backspace", "y", "ret", "3", "ret", "backspace", "ret", "end", "esc");
        await machine.ExpectAsync(Limit, "now <helly> <41> <> <>");
        await machine.ExpectReturnAsync();
    }
}
