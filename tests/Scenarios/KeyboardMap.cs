using System;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A German keyboard at the machine: <c>set keymap de</c>, until the setting is cleared. EDK2 does not tell
/// the keys of a serial line from those of a keyboard, so they are read by the map too.</summary>
public sealed class KeyboardMap
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("ovmf")]
    [InlineData("aavmf")]
    public async Task KeysAreThoseOfTheKeyboardThatIsThere(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(KeyboardMap), Firmware.ByName(firmware));
        bed.Script = """
            #!ipxe
            set keymap de
            echo -n keyboard:
            read typed
            echo got <${typed}>
            clear keymap
            echo -n line:
            read other
            echo got <${other}>
            exit

            """;
        bed.Setup = bed.Setup with { Extras = ["-device", "qemu-xhci", "-device", "usb-kbd"] };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "keyboard:");
        await machine.PressAsync("y", "z", "shift+2", "alt_r+q", "slash", "ret");
        await machine.ExpectAsync(s_limit, "got <zy\"@->");
        await machine.ExpectAsync(s_limit, "line:");
        await machine.TypeAsync("yz@q/\r");
        await machine.ExpectAsync(s_limit, "got <yz@q/>");
        await machine.ExpectReturnAsync();
    }
}
