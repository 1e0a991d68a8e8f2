using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The screen as <c>console</c> sets it up: pictures are read, and laid out on it.</summary>
public sealed class Display(IGraphics graphics, IFirmware firmware) : IDisplay
{
    private const int PixelBytes = sizeof(uint);

    /// <inheritdoc/>
    public void ShowText() => graphics.Leave();

    /// <inheritdoc/>
    public void ShowPicture(DisplayWishes wishes, IImage? picture)
    {
        ReadOnlySpan<byte> file = picture is null ? default : ((Image)picture).Content.ToContiguous().Span;
        PictureView view = default;
        if (picture is not null && !PictureView.TryRead(file, out view, out ParseError error))
            throw Refuse(picture, error);
        GraphicsMode mode = graphics.Find(
            wishes.Width == 0 ? view.Width : wishes.Width, wishes.Height == 0 ? view.Height : wishes.Height);
        IMemoryOwner<byte> screen = firmware.AllocatePages(mode.Width * mode.Height * PixelBytes);
        try
        {
            Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(screen.Memory.Span);
            pixels.Clear();
            if (picture is not null) Paint(picture, view, pixels, mode);
            graphics.Show(
                mode, screen, new PictureMargins(wishes.Left, wishes.Right, wishes.Top, wishes.Bottom));
        }
        catch
        {
            screen.Dispose();
            throw;
        }
    }

    /// <summary>In the middle of the screen; what is larger than it is cut off on all sides.</summary>
    private void Paint(IImage picture, PictureView view, Span<uint> screen, GraphicsMode mode)
    {
        int count = view.Width * view.Height;
        using IMemoryOwner<byte>? scratch = view.ScratchBytes > 0 ? firmware.AllocatePages(view.ScratchBytes) : null;
        using IMemoryOwner<byte> decoded = firmware.AllocatePages(count * PixelBytes);
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(decoded.Memory.Span).Slice(0, count);
        if (!view.TryDecode(scratch is null ? default : scratch.Memory.Span, pixels, out ParseError error))
            throw Refuse(picture, error);
        int left = (mode.Width - view.Width) / 2, top = (mode.Height - view.Height) / 2;
        int width = int.Min(mode.Width, view.Width);
        for (int row = int.Max(0, top); row < int.Min(mode.Height, top + view.Height); row++)
        {
            ReadOnlySpan<uint> from = pixels.Slice((row - top) * view.Width + int.Max(0, -left), width);
            Span<uint> to = screen.Slice(row * mode.Width + int.Max(0, left), width);
            for (int i = 0; i < from.Length; i++) to[i] = OnBlack(from[i]);
        }
    }

    private static uint OnBlack(uint pixel)
    {
        uint opacity = pixel >> 24;
        if (opacity == 255) return pixel & 0xffffff;
        uint red = (pixel >> 16 & 255) * opacity / 255, green = (pixel >> 8 & 255) * opacity / 255;
        return red << 16 | green << 8 | (pixel & 255) * opacity / 255;
    }

    private static BootFailure Refuse(IImage picture, ParseError error) => new(
        ImageFailure.BadPicture, $"'{ByteText.ToUnicode(picture.Name)}' is no picture that can be shown: {error}");
}
