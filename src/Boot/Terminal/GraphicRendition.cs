using System;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The look of what is written next, as "select graphic rendition" sets it (ECMA-48, 8.3.117, and what xterm
/// added). A text screen has eight colours and a bright form of those in front.</summary>
internal sealed class GraphicRendition
{
    private const int Usual = 9, UsualFront = 7, UsualBack = 0;

    private Colour _front = Usual, _back = Usual;
    private bool _isBold, _isFrontBright, _isInverse;

    /// <summary>0 to 7, 9: the usual one.</summary>
    public Colour Foreground => _isInverse ? _back == Usual ? UsualBack : _back : _front;

    /// <summary>0 to 7, 9: the usual one.</summary>
    public Colour Background => _isInverse ? _front == Usual ? UsualFront : _front : _back;

    /// <summary>The foreground is bright.</summary>
    public bool IsBright => _isBold || (_isFrontBright && !_isInverse);

    /// <summary>Takes the numbers of one sequence; one that is left out counts as 0.</summary>
    public void Apply(ReadOnlySpan<int> parameters)
    {
        while (parameters.Length > 0)
        {
            int parameter = int.Max(0, parameters[0]);
            parameters = parameters.Slice(1);
            if (parameter is 38 or 48) parameters = parameters.Slice(TakeColour(parameter == 38, parameters));
            else Take(parameter);
        }
    }

    private void Take(int parameter)
    {
        switch (parameter)
        {
            case 0:
                (_front, _back) = (Usual, Usual);
                _isBold = _isFrontBright = _isInverse = false;
                break;
            case 1: _isBold = true; break;
            case 22: _isBold = false; break;
            case 7: _isInverse = true; break;
            case 27: _isInverse = false; break;
            case >= 30 and <= 37 or 39: SetFront(parameter - 30, false); break;
            case >= 40 and <= 47 or 49: _back = parameter - 40; break;
            case >= 90 and <= 97: SetFront(parameter - 90, true); break;
            case >= 100 and <= 107: _back = parameter - 100; break;
        }
    }

    /// <summary>Takes 5;n or 2;red;green;blue.</summary>
    /// <returns>How many numbers that was.</returns>
    private int TakeColour(bool isFront, ReadOnlySpan<int> parameters)
    {
        if (parameters.Length >= 2 && parameters[0] == 5)
        {
            SetColour(isFront, parameters[1]);
            return 2;
        }
        if (parameters.Length < 4 || parameters[0] != 2) return parameters.Length;
        SetColour(isFront, parameters[1], parameters[2], parameters[3]);
        return 4;
    }

    /// <summary>One of xterm's 256: 16 usual ones, a cube of six shades each, and 24 greys.</summary>
    private void SetColour(bool isFront, int index)
    {
        if (index is < 0 or > 255) return;
        if (index < 16)
        {
            if (isFront) SetFront(index & 7, index >= 8);
            else _back = index & 7;
            return;
        }
        int step = index - 16;
        if (index < 232) SetColour(isFront, Shade(step / 36), Shade(step / 6 % 6), Shade(step % 6));
        else SetColour(isFront, 8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10);
    }

    private static int Shade(int step) => step == 0 ? 0 : 55 + 40 * step;

    /// <summary>Exactly that one, and the nearest of what a text screen has.</summary>
    private void SetColour(bool isFront, int red, int green, int blue)
    {
        (red, green, blue) = (int.Clamp(red, 0, 255), int.Clamp(green, 0, 255), int.Clamp(blue, 0, 255));
        int strongest = int.Max(red, int.Max(green, blue)), half = int.Max(64, strongest / 2 + 1);
        int basic = (red >= half ? 1 : 0) | (green >= half ? 2 : 0) | (blue >= half ? 4 : 0);
        var colour = new Colour(basic, red << 16 | green << 8 | blue);
        if (isFront) SetFront(colour, strongest >= 192);
        else _back = colour;
    }

    private void SetFront(Colour colour, bool isBright) => (_front, _isFrontBright) = (colour, isBright);
}
