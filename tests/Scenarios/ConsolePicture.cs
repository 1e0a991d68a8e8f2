using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A script that puts a picture behind its menu: it is seen pixel by pixel, with the text on it, and the
/// serial line shows the same text.</summary>
public sealed class ConsolePicture
{
    private const int Width = 1024, Height = 768, Margin = 112;   // beside 100 characters, the most a row has
    private const uint White = 0xaaaaaa;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string Script = """
        #!ipxe
        console --x 1024 --y 768 --picture back.png || goto text
        imgstat back.png || echo the picture is freed
        cpair --background 9 1
        cpair --background 9 3
        menu Text on a picture
        item --gap -- ---- systems
        item linux Linux
        item disk The local disk
        choose picked && echo picked <${picked}>
        console
        echo text again
        exit
        :text
        echo text only
        exit

        """;

    public static TheoryData<string> Screens => [Firmware.ByName("ovmf").Name, Firmware.ByName("aavmf").Name];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task TheMenuStandsOnThePicture(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("ConsolePicture", Firmware.ByName(firmwareName));
        bed.Script = Script;
        bed.Server["/back.png"] = ServedFile.FromBytes(PngPicture.Make(Width, Height, PixelAt));
        bed.Setup = bed.Setup with { HasScreen = true };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "the picture is freed");
        await machine.ExpectAsync(Limit, "The local disk");
        uint[] seen = await SeeAsync(machine, bed.Setup.Name);

        for (int i = 0; i < seen.Length; i++)
        {
            if (i % Width is < Margin or >= Width - Margin) Assert.Equal(PixelAt(i % Width, i / Width), seen[i]);
        }

        int differ = Enumerable.Range(0, seen.Length).Count(it => seen[it] != PixelAt(it % Width, it / Width));
        Assert.InRange(differ, 1000, 60_000);   // the letters, and the marked item's bar
        Assert.InRange(seen.Count(it => it == White), 500, 20_000);

        await machine.TypeAsync("\e[B\r");
        await machine.ExpectAsync(Limit, "picked <disk>");
        await machine.ExpectAsync(Limit, "text again");
        await machine.ExpectReturnAsync();
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task WithoutAScreenTheScriptGoesOnInText(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("ConsoleNoScreen", Firmware.ByName(firmwareName));
        bed.Script = Script;
        bed.Server["/back.png"] = ServedFile.FromBytes(PngPicture.Make(16, 16, PixelAt));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "text only");
        Assert.True(machine.Serial.HasSaid("[3c01000b]"), "it does not say why");
        await machine.ExpectReturnAsync();
    }

    private static uint PixelAt(int x, int y) => (uint)(x >> 3) << 16 | (uint)(y >> 3) << 8 | (uint)(x ^ y) & 0x7f;

    private static async Task<uint[]> SeeAsync(VirtualMachine machine, string name)
    {
        string path = Path.Combine(Repository.Logs, name + ".png");
        await machine.ScreenshotAsync(path);
        (int width, uint[] pixels) = PngPicture.Read(await File.ReadAllBytesAsync(path));
        Assert.Equal((Width, Width * Height), (width, pixels.Length));
        return pixels;
    }
}
