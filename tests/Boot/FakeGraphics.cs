using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Wire;

namespace Bootlace.Tests.Boot;

/// <summary>A screen with pixels that are remembered.</summary>
public sealed class FakeGraphics : IGraphics
{
    private IMemoryOwner<byte>? _picture;

    /// <summary>Its modes, the present one first.</summary>
    public List<GraphicsMode> Modes { get; } = [new(0, 8, 6), new(1, 4, 4)];

    /// <summary>What Show fails with; null: it does not.</summary>
    public FailureKind? ShowFails { get; set; }

    public uint[]? Shown { get; private set; }
    public GraphicsMode ShownMode { get; private set; }
    public PictureMargins Margins { get; private set; }

    public GraphicsMode Find(int width, int height)
    {
        foreach (GraphicsMode mode in Modes)
            if (mode.Width >= width && mode.Height >= height)
                return mode;
        throw new BootFailure(new FailureKind(0x3cff0003, "There is no such mode", "ask for less"));
    }

    public void Show(GraphicsMode mode, IMemoryOwner<byte> picture, PictureMargins margins)
    {
        if (ShowFails is { } failure) throw new BootFailure(failure);
        Leave();
        (_picture, ShownMode, Margins) = (picture, mode, margins);
        Shown = MemoryMarshal.Cast<byte, uint>(picture.Memory.Span)[..(mode.Width * mode.Height)].ToArray();
    }

    public void Leave()
    {
        _picture?.Dispose();
        _picture = null;
        Shown = null;
    }
}
