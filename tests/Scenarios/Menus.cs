using System;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;
using static Bootlace.Scenarios.TypedKeys;

namespace Bootlace.Scenarios;

/// <summary>A user of a script's menus and forms, at the serial line and at the machine's own screen and
/// keyboard.</summary>
public sealed class Menus
{
    private const string Save = CtrlX;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const string Script = """
        #!ipxe
        :again
        menu What shall it be
        item --gap -- ---- systems
        item one First system
        item
        item --key 2 two Second system
        item three Third system
        choose --timeout 60000 picked || goto cancelled
        echo picked <${picked}>
        iseq ${picked} three || goto again
        :cancelled
        form Who are you
        item hostname Name
        item --secret word Word
        present || echo nobody
        echo form <${hostname}> <${word}>
        login && echo login <${username}>
        menu It chooses by itself
        item a A
        item b B
        choose --default b --timeout 1500 timed && echo timed <${timed}>
        exit

        """;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task MenusAndFormsAreDrivenOverTheSerialLine(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("MenusOverSerial", Firmware.ByName(firmwareName));
        bed.Script = Script;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "What shall it be");
        await machine.ExpectAsync(Limit, "Third system");
        await machine.TypeAsync(Down + Enter);
        await machine.ExpectAsync(Limit, "picked <two>");
        await machine.ExpectAsync(Limit, "Third system");
        await machine.TypeAsync(PageDown + PageUp + Enter);
        await machine.ExpectAsync(Limit, "picked <one>");
        await machine.ExpectAsync(Limit, "Third system");
        // U-Boot puts sequences together itself, and takes what follows this one for its end.
        await machine.TypeAsync((bed.Setup.Firmware.IsEdk2 ? Noise : "") + PageDown + Up + Enter);
        await machine.ExpectAsync(Limit, "picked <two>");
        await machine.ExpectAsync(Limit, "Third system");
        await machine.TypeAsync("2");
        await machine.ExpectAsync(Limit, "picked <two>");
        await machine.ExpectAsync(Limit, "Third system");
        await machine.TypeAsync(CtrlC);

        await machine.ExpectAsync(Limit, "Ctrl-X saves");
        await machine.TypeAsync($"board7{Enter}open{Save}");
        await machine.ExpectAsync(Limit, "form <board7> <open>");
        await machine.ExpectAsync(Limit, "Password");
        await machine.TypeAsync($"me{Enter}secret{Enter}");
        await machine.ExpectAsync(Limit, "login <me>");
        Assert.False(machine.Serial.HasSaid("secret"), "the password was shown");
        await machine.ExpectAsync(Limit, "timed <b>");
        await machine.ExpectReturnAsync();
    }

    [Fact]
    public async Task AMenuIsDrivenOnTheScreen()
    {
        await using BootBed bed = await BootBed.CreateAsync("MenusOnScreen", Firmware.ByName("ovmf"));
        bed.Script = Script;
        bed.Setup = bed.Setup with { HasScreen = true };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Third system");
        await machine.ScreenshotAsync(Path.Combine(Repository.Logs, "menu.png"));   // as docs/ has it
        await machine.PressAsync("down", "down", "ret");
        await machine.ExpectAsync(Limit, "picked <three>");
        await machine.ExpectAsync(Limit, "Ctrl-X saves");
        await machine.ScreenshotAsync(Path.Combine(Repository.Logs, "form.png"));
        await machine.PressAsync("b", "o", "x", "ret", "a", "esc");
        await machine.ExpectAsync(Limit, "nobody");
    }
}
