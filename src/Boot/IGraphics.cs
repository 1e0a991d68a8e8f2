using System.Buffers;

namespace Bootlace.Boot;

/// <summary>The screen where it has pixels.</summary>
public interface IGraphics
{
    /// <summary>The smallest mode of at least that size; without a size the present one. Throws a BootFailure when
    /// there is none, or no such screen.</summary>
    GraphicsMode Find(int width, int height);

    /// <summary>Shows a picture with the text on it, until <see cref="Leave"/>. Throws a BootFailure when it cannot;
    /// the picture is then still the caller's.</summary>
    /// <param name="mode">From <see cref="Find"/>.</param>
    /// <param name="picture">A pixel of four bytes (blue, green, red, nothing) for each of the mode's; given back when
    /// it is no longer needed.</param>
    /// <param name="margins">Around the text.</param>
    void Show(GraphicsMode mode, IMemoryOwner<byte> picture, PictureMargins margins);

    /// <summary>Back to text alone.</summary>
    void Leave();
}
