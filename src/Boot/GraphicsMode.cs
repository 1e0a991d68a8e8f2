namespace Bootlace.Boot;

/// <summary>A mode of the screen, in pixels.</summary>
public readonly record struct GraphicsMode(uint Number, int Width, int Height)
{
    /// <summary>More than any screen has.</summary>
    public const int SideMax = 16384;
}
