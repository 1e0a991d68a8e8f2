namespace Bootlace.Script;

/// <summary>The screen as <c>console</c> sets it up.</summary>
public interface IDisplay
{
    /// <summary>Text on a picture; without one, on black. Throws a BootFailure where it cannot be.</summary>
    void ShowPicture(DisplayWishes wishes, IImage? picture);

    /// <summary>Text alone.</summary>
    void ShowText();
}
