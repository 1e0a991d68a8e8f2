using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;
using static Bootlace.Scenarios.TypedKeys;

namespace Bootlace.Scenarios;

/// <summary>A script that puts pictures behind its menus: they are seen pixel by pixel, with the text on them, and the
/// serial line shows the same text.</summary>
public sealed class ConsolePicture
{
    private const int Width = 1024, Height = 768, CellWidth = 8;
    private const int Beside = 112;           // of 100 characters, the most a row has
    private const int GlassLeft = 980;        // from there on the first picture is half transparent, on black
    private const int Left = 400, Right = 40, Top = 300, Bottom = 60;   // 73 characters, 21 rows
    private const uint White = 0xaaaaaa, Red = 0xaa0000, Blue = 0x0000aa;
    private const uint Letter = 0x12ab34, Bar = 0x7f0040;
    private static readonly uint[] s_first = [White, 0xffffff, 0x00aaaa, Red];   // items, title, separator, mark
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const string Script = """
        #!ipxe
        console --x 1024 --y 768 --picture back.png || goto text
        imgstat back.png || echo the picture is freed
        menu Text on a picture
        item --gap -- ---- systems
        item linux Linux
        item disk The local disk
        choose picked && echo picked <${picked}>
        console --left 400 --right 40 --top 300 --bottom 60 --keep --picture back.ppm || goto text
        imgstat back.ppm && echo the picture is kept
        colour --rgb 0x12ab34 7
        colour --basic 1 --rgb 0x7f0040 1
        menu Inside margins
        item wide Wide
        item narrow Narrow
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
        bed.Server["/back.png"] = ServedFile.FromBytes(PngPicture.Make(Width, Height, OpaqueOrGlass));
        bed.Server["/back.ppm"] = ServedFile.FromBytes(MakePpm());
        bed.Setup = bed.Setup with { HasScreen = true };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "the picture is freed");
        await machine.ExpectAsync(Limit, "The local disk");
        await SeeFirstAsync(machine, bed.Setup.Name);
        await machine.TypeAsync(Down + Enter);
        await machine.ExpectAsync(Limit, "picked <disk>");

        await machine.ExpectAsync(Limit, "the picture is kept");
        await machine.ExpectAsync(Limit, "Narrow");
        await SeeSecondAsync(machine, bed.Setup.Name + "-margins");
        await machine.TypeAsync(Enter);
        await machine.ExpectAsync(Limit, "picked <wide>");
        await machine.ExpectAsync(Limit, "text again");
        await machine.ExpectReturnAsync();
    }

    /// <summary>The picture beside the text and, since menus are transparent, around its letters.</summary>
    private static async Task SeeFirstAsync(VirtualMachine machine, string name)
    {
        uint[] seen = await SeeAsync(machine, name, White, Red);
        for (int i = 0; i < seen.Length; i++)
        {
            if (i % Width is < Beside or >= Width - Beside) Assert.Equal(ShownAt(i), seen[i]);
        }

        Assert.All(Enumerable.Range(0, seen.Length).Where(it => seen[it] != ShownAt(it)),
            it => Assert.Contains(seen[it], s_first));
        Assert.InRange(seen.Count(it => it == White), 500, 20_000);
        Assert.InRange(seen.Count(it => it == Red), 10_000, 20_000);   // a row of characters
        Assert.DoesNotContain(Blue, seen);
    }

    /// <summary>Margins, and colours that are exact.</summary>
    private static async Task SeeSecondAsync(VirtualMachine machine, string name)
    {
        uint[] seen = await SeeAsync(machine, name, Letter, Bar);
        int[] text = [.. Enumerable.Range(0, seen.Length).Where(it => seen[it] != PixelAt(it % Width, it / Width))];
        Assert.All(text, it => Assert.True(seen[it] is Letter or Bar));
        Assert.InRange(text.Count(it => seen[it] == Letter), 300, 20_000);
        Assert.Equal(Left + CellWidth, text.Min(it => it % Width));                // the mark from margin to margin
        Assert.Equal(Width - Right - CellWidth - 1, text.Max(it => it % Width));
        Assert.InRange(text.Min(it => it / Width), Top, Top + 60);                  // the title
        Assert.InRange(text.Max(it => it / Width), Top, Height - Bottom);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task WithoutAScreenTheScriptGoesOnInText(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("ConsoleNoScreen", Firmware.ByName(firmwareName));
        bed.Script = Script;
        bed.Server["/back.png"] = ServedFile.FromBytes(PngPicture.Make(16, 16, Opaque));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "text only");
        Assert.True(machine.Serial.HasSaid("[3c01000b]"), "it does not say why");
        await machine.ExpectReturnAsync();
    }

    private static uint PixelAt(int x, int y) => (uint)(x >> 3) << 16 | (uint)(y >> 3) << 8 | (uint)(x ^ y) & 0x7f;

    private static uint Opaque(int x, int y) => 0xff000000 | PixelAt(x, y);

    private static uint OpaqueOrGlass(int x, int y) => (x < GlassLeft ? 0xff000000 : 0x80000000) | PixelAt(x, y);

    /// <summary>What is to be seen of the first picture.</summary>
    private static uint ShownAt(int index)
    {
        (int x, int y) = (index % Width, index / Width);
        uint pixel = PixelAt(x, y);
        return x < GlassLeft ? pixel : Half(pixel >> 16) << 16 | Half(pixel >> 8 & 255) << 8 | Half(pixel & 255);

        static uint Half(uint part) => part * 0x80 / 255;
    }

    private static byte[] MakePpm()
    {
        byte[] head = Encoding.ASCII.GetBytes($"P6\n# behind a menu\n{Width} {Height}\n255\n");
        byte[] file = [.. head, .. new byte[Width * Height * 3]];
        for (int i = 0; i < Width * Height; i++)
        {
            uint pixel = PixelAt(i % Width, i / Width);
            (file[head.Length + i * 3], file[head.Length + i * 3 + 1], file[head.Length + i * 3 + 2])
                = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
        }
        return file;
    }

    /// <summary>Looks until the last item is there, below the marked one: the serial line has it first.</summary>
    private static async Task<uint[]> SeeAsync(VirtualMachine machine, string name, uint letter, uint mark)
    {
        string path = Path.Combine(Repository.Logs, name + ".png");
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            await machine.ScreenshotAsync(path);
            (int width, uint[] pixels) = PngPicture.Read(await File.ReadAllBytesAsync(path));
            bool isThere = Array.LastIndexOf(pixels, mark) is var last and >= 0
                && Array.LastIndexOf(pixels, letter) > last + Width;
            if (!isThere && watch.Elapsed < Limit) continue;
            Assert.Equal((Width, Width * Height), (width, pixels.Length));
            return pixels;
        }
    }
}
