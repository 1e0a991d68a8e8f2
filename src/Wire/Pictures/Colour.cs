namespace Bootlace.Wire;

/// <summary>A colour of text, or of what is behind it.</summary>
/// <param name="Basic">0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white, 9 whatever is usual: all
/// that a text screen knows.</param>
/// <param name="Rgb">0xRRGGBB where the screen has pixels; null: the usual look of the basic one.</param>
public readonly record struct Colour(int Basic, int? Rgb = null)
{
    /// <summary>A basic one.</summary>
    public static implicit operator Colour(int basic) => new(basic);
}
