namespace Bootlace.Script;

/// <summary>What the screen shall be like, in pixels.</summary>
/// <param name="Width">At least; 0: that of the picture.</param>
/// <param name="Height">At least; 0: that of the picture.</param>
/// <param name="Left">What is free of text there.</param>
/// <param name="Right">What is free of text there.</param>
/// <param name="Top">What is free of text there.</param>
/// <param name="Bottom">What is free of text there.</param>
public readonly record struct DisplayWishes(int Width, int Height, int Left, int Right, int Top, int Bottom);
