using System;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The colours of menus and forms, as <c>colour</c> and <c>cpair</c> set them (spec/ipxe-compat.md 2.3). A
/// colour is 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white, or 9, whatever is usual.</summary>
public sealed class ColourPairs
{
    /// <summary>All other text.</summary>
    public const int Default = 0;
    /// <summary>Texts and items.</summary>
    public const int Normal = 1;
    /// <summary>The marked item.</summary>
    public const int Selected = 2;
    /// <summary>Separators.</summary>
    public const int Separator = 3;
    /// <summary>What can be edited.</summary>
    public const int Editable = 4;
    /// <summary>What is wrong.</summary>
    public const int Alert = 5;

    private const int Black = 0, Red = 1, Blue = 4, Cyan = 6, White = 7, Usual = 9;
    private const int RgbMask = 0xffffff;

    private readonly (int Foreground, int Background)[] _pairs =
    [
        (Usual, Usual), (White, Blue), (White, Red), (Cyan, Blue), (Black, Cyan), (White, Red), (Cyan, Blue),
        (Black, White),
    ];
    private readonly Colour?[] _shown = new Colour?[8];   // null: as it is

    /// <summary>There is a picture behind the text: it is seen where the background would be blue, unless the script
    /// has said what blue is, as in iPXE.</summary>
    public bool IsOnPicture { get; set; }

    /// <summary>What a pair looks like.</summary>
    public (Colour Foreground, Colour Background) Look(int pair)
    {
        (int front, int back) = _pairs[pair];
        bool isSeenThrough = IsOnPicture && back == Blue && _shown[Blue] is null;
        return (Shown(front), isSeenThrough ? Usual : Shown(back));
    }

    /// <summary>Sets a pair's colours; null leaves one as it is.</summary>
    /// <exception cref="BootFailure">There is no such pair or colour.</exception>
    public void SetPair(long pair, long? foreground, long? background)
    {
        if (pair < 0 || pair >= _pairs.Length) throw NoColour($"There is no colour pair {pair}");
        (int front, int back) = _pairs[pair];
        _pairs[pair] = (
            foreground is { } newFront ? RequireColour(newFront) : front,
            background is { } newBack ? RequireColour(newBack) : back);
    }

    /// <summary>Shows a colour as another one.</summary>
    /// <param name="colour">The colour.</param>
    /// <param name="basic">What it is on a text screen.</param>
    /// <param name="rgb">What it is where there are pixels; null: the same.</param>
    /// <exception cref="BootFailure">There is no such colour.</exception>
    public void SetColour(long colour, long basic, long? rgb = null)
    {
        int index = RequireColour(colour), shown = RequireColour(basic);
        if (index != Usual) _shown[index] = new Colour(shown, (int?)(rgb & RgbMask));
    }

    private Colour Shown(int colour) => colour == Usual ? Usual : _shown[colour] ?? colour;

    private static int RequireColour(long colour) =>
        colour is >= 0 and < 8 or Usual ? (int)colour : throw NoColour($"There is no colour {colour}");

    private static BootFailure NoColour(string what) => new(ScriptFailure.NoSuchColour, what);
}
