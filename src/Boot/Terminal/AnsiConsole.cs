using System;

namespace Bootlace.Boot;

/// <summary>Turns the escape sequences that scripts print into calls of the console: EDK2 shows them as question marks.
/// Known are colours (SGR), clearing and moving the cursor; all others are swallowed.</summary>
internal sealed class AnsiConsole(IConsole console)
{
    private const int ParametersMax = 8;
    private const char Escape = '\x1b';

    private enum Phase
    {
        Text,
        Escaped,
        Sequence,
    }

    private readonly int[] _parameters = new int[ParametersMax];
    private Phase _phase;
    private int _parameterIndex;
    private int _foreground = 9, _background = 9;
    private bool _bright;

    /// <summary>Writes text with sequences in it; one may be split between two calls.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (_phase == Phase.Text && text[i] != Escape) continue;
            if (_phase == Phase.Text && i > start) console.Write(text.Slice(start, i - start));
            Take(text[i]);
            start = i + 1;
        }
        if (start < text.Length) console.Write(text.Slice(start));
    }

    private void Take(char c)
    {
        switch (_phase)
        {
            case Phase.Text:
                _phase = Phase.Escaped;
                break;
            case Phase.Escaped:
                _phase = c == '[' ? Phase.Sequence : Phase.Text;
                _parameterIndex = 0;
                Array.Clear(_parameters);
                break;
            case Phase.Sequence:
                TakeParameter(c);
                break;
        }
    }

    private void TakeParameter(char c)
    {
        if (char.IsAsciiDigit(c))
            _parameters[_parameterIndex] = int.Min(_parameters[_parameterIndex] * 10 + (c - '0'), 9999);
        else if (c == ';') _parameterIndex = int.Min(_parameterIndex + 1, ParametersMax - 1);
        else if (c is >= '@' and <= '~')
        {
            _phase = Phase.Text;
            Apply(c);
        }
    }

    private void Apply(char final)
    {
        switch (final)
        {
            case 'm':
                for (int i = 0; i <= _parameterIndex; i++) SetGraphics(_parameters[i]);
                console.SetColours(_foreground, _background, _bright);
                break;
            case 'J':
                console.Clear();
                break;
            case 'H' or 'f':
                console.MoveTo(int.Max(0, _parameters[1] - 1), int.Max(0, _parameters[0] - 1));
                break;
        }
    }

    private void SetGraphics(int parameter)
    {
        switch (parameter)
        {
            case 0: (_foreground, _background, _bright) = (9, 9, false); break;
            case 1: _bright = true; break;
            case 22: _bright = false; break;
            case >= 30 and <= 39 and not 38: _foreground = parameter - 30; break;
            case >= 40 and <= 49 and not 48: _background = parameter - 40; break;
        }
    }
}
