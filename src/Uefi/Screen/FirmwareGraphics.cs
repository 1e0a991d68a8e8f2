using System;
using System.Buffers;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>The firmware's graphics screen, for text on a picture. While it is used, the firmware's own text goes only
/// to the consoles that have no pixels: a serial line goes on showing the same.</summary>
internal sealed unsafe class FirmwareGraphics(Services services, FirmwareConsole console) : IGraphics
{
    private const int ModesMax = 256;

    private GraphicsOutput* _used;
    private uint _modeBefore;
    private IMemoryOwner<byte>? _picture;

    /// <inheritdoc/>
    public GraphicsMode Find(int width, int height)
    {
        GraphicsOutput* graphics = Require();
        uint present = graphics->Mode->Mode;
        GraphicsMode? best = null;
        for (uint i = 0; i < Math.Min(graphics->Mode->MaxMode, ModesMax); i++)
        {
            if (Query(graphics, i) is not { } mode || mode.Width < width || mode.Height < height) continue;
            bool isKept = width == 0 && height == 0 && i == present;
            if (isKept) return mode;
            if (best is null || Area(mode) < Area(best.Value)) best = mode;
        }
        return best ?? throw new BootFailure(
            FirmwareFailure.NoSuchGraphicsMode, $"The screen has no mode of at least {width}x{height}");
    }

    /// <inheritdoc/>
    public void Show(GraphicsMode mode, IMemoryOwner<byte> picture, PictureMargins margins)
    {
        GraphicsOutput* graphics = Require();
        console.SetColours(9, 9, false);   // letters are drawn in these: they must differ
        Glyphs glyphs = Glyphs.Find(services) ?? throw new BootFailure(FirmwareFailure.NoFont);
        List<TextOutput> others = FindTextOnly();
        int width = mode.Width - margins.Left - margins.Right, height = mode.Height - margins.Top - margins.Bottom;
        int columns = width / Glyphs.Width, rows = height / Glyphs.Height;
        if (columns < 1 || rows < 1)
            throw new BootFailure(FirmwareFailure.NoSuchGraphicsMode, "The margins leave no room for text");
        foreach (TextOutput other in others)
        {
            columns = Math.Min(columns, other.Columns);
            rows = Math.Min(rows, other.Rows);
        }
        Leave();
        console.ShowCursor(false);   // while what is below it is still the firmware's: it paints there to take it away
        uint before = graphics->Mode->Mode;
        Status status = mode.Number == before ? Status.Success : graphics->SetMode(graphics, mode.Number);
        if (status.IsError)
        {
            console.ShowCursor(true);
            throw new BootFailure(FirmwareFailure.NoSuchGraphicsMode, $"The mode cannot be set: {status}");
        }
        (_modeBefore, _picture) = (before, picture);
        _used = graphics;
        int left = margins.Left + (width - columns * Glyphs.Width) / 2;
        int top = margins.Top + (height - rows * Glyphs.Height) / 2;
        console.Use(new GraphicsScreen(graphics, glyphs, picture, mode, left, top, columns, rows), others);
    }

    /// <inheritdoc/>
    public void Leave()
    {
        if (_used == null) return;
        if (_used->Mode->Mode != _modeBefore) _used->SetMode(_used, _modeBefore);
        _used = null;
        console.UseText();
        _picture?.Dispose();
        _picture = null;
    }

    private static long Area(GraphicsMode mode) => (long)mode.Width * mode.Height;

    private GraphicsMode? Query(GraphicsOutput* graphics, uint number)
    {
        nuint size = 0;
        GraphicsModeInformation* information = null;
        Status status = graphics->QueryMode(graphics, number, &size, &information);
        if (status.IsError || information == null) return null;
        var mode = new GraphicsMode(
            number, (int)information->HorizontalResolution, (int)information->VerticalResolution);
        services.Boot->FreePool(information);
        return mode.Width is > 0 and <= GraphicsMode.SideMax && mode.Height is > 0 and <= GraphicsMode.SideMax
            ? mode : null;
    }

    /// <summary>A real screen. EDK2's console splitter has the protocol too, on a handle without a path.</summary>
    private GraphicsOutput* Require()
    {
        foreach (nint handle in services.HandlesWith(Guids.GraphicsOutput))
        {
            if (services.TryGetProtocol(handle, Guids.DevicePath) == null) continue;
            var graphics = (GraphicsOutput*)services.TryGetProtocol(handle, Guids.GraphicsOutput);
            if (graphics != null && graphics->Mode != null) return graphics;
        }
        throw new BootFailure(FirmwareFailure.NoScreen);
    }

    private List<TextOutput> FindTextOnly()
    {
        var found = new List<TextOutput>();
        foreach (nint handle in services.HandlesWith(Guids.SimpleTextOutput))
        {
            if (services.TryGetProtocol(handle, Guids.DevicePath) == null) continue;
            if (services.TryGetProtocol(handle, Guids.GraphicsOutput) != null) continue;
            var output = (SimpleTextOutput*)services.TryGetProtocol(handle, Guids.SimpleTextOutput);
            if (output != null && output->Mode != null && output->Mode->Mode >= 0) found.Add(new TextOutput(output));
        }
        return found;
    }
}
