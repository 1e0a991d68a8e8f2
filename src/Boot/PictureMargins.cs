namespace Bootlace.Boot;

/// <summary>The part of a picture that has no text on it, in pixels.</summary>
public readonly record struct PictureMargins(int Left, int Right, int Top, int Bottom);
