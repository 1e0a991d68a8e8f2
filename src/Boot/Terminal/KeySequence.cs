using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>Puts together the keys that a terminal sends as escape sequences. Firmware knows only some of them: EDK2
/// hands Delete, the page keys and most function keys of a serial line over as an ESC key and the rest as characters
/// (facts/firmware.md 6). It only computes; whoever feeds it says when a lone ESC has waited long enough.</summary>
internal sealed class KeySequence
{
    private const int CharactersMax = 16, ParameterMax = 99;
    private const int Special = 0x110000;

    private readonly List<char> _held = [];   // behind the ESC

    /// <summary>An ESC waits for what follows it.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>Takes the next key; those that are whole now go to <paramref name="keys"/>.</summary>
    public void Take(Key key, List<Key> keys)
    {
        if (IsHolding && key.Code is > 0x20 and < 0x7f)
        {
            _held.Add((char)key.Code);
            Continue(keys);
            return;
        }
        Release(keys);
        if (key == Key.Escape) IsHolding = true;
        else keys.Add(key);
    }

    /// <summary>Nothing follows: a lone ESC is the key of that name. A sequence that was cut off is
    /// forgotten.</summary>
    public void Release(List<Key> keys)
    {
        if (IsHolding && _held.Count == 0) keys.Add(Key.Escape);
        Forget();
    }

    private void Continue(List<Key> keys)
    {
        char kind = _held[0], last = _held[_held.Count - 1];
        if (kind is not ('[' or 'O'))
        {
            keys.Add(Key.Escape);   // typed behind it
            keys.Add(new Key(kind));
            Forget();
            return;
        }
        if (_held.Count == 1 || _held.Count == 2 && kind == '[' && last == '[') return;
        if (last is < '@' && kind == '[' && _held.Count < CharactersMax) return;
        int code = kind == 'O' ? FromApplicationMode(last)
            : _held[1] == '[' ? FromLinuxConsole(last) : FromControl(last);
        Forget();
        if (code != 0) keys.Add(new Key(code));
    }

    private void Forget()
    {
        IsHolding = false;
        _held.Clear();
    }

    /// <summary>ESC O and a letter: cursor keys of a terminal in application mode, F1 to F4 of most.</summary>
    private static int FromApplicationMode(char letter) => letter switch
    {
        >= 'A' and <= 'D' or 'F' or 'H' => Special + (1 << 8) + letter,
        >= 'P' and <= 'S' => Code(letter - 'P' + 11, '~'),
        'M' => Key.Enter.Code,   // of the number pad
        _ => 0,
    };

    /// <summary>ESC [ [ and a letter: F1 to F5 of the Linux console.</summary>
    private static int FromLinuxConsole(char letter) =>
        letter is >= 'A' and <= 'E' ? Code(letter - 'A' + 11, '~') : 0;

    /// <summary>ESC [, numbers, and what ends them. A second number tells of Shift and the like, which is not told
    /// apart.</summary>
    private int FromControl(char final)
    {
        int number = 0, at = 1;
        for (; at < _held.Count && char.IsAsciiDigit(_held[at]); at++)
            number = int.Min(number * 10 + _held[at] - '0', ParameterMax);
        if (at == _held.Count) return 0;   // more than is held, and no end
        bool hasMore = _held[at] == ';';
        if (_held[at] != final && !hasMore) return 0;   // a report, as ESC [ ? 1 c
        switch (final)
        {
            case 'A' or 'B' or 'C' or 'D' or 'F' or 'H' when hasMore:
                return Code(0, final);
            case >= 'P' and <= 'S' when hasMore:
                return number == 1 ? Code(final - 'P' + 11, '~') : 0;   // else where the cursor is: nobody asked
            case '~' when number is 1 or 7:
                return Key.Home.Code;
            case '~' when number is 4 or 8:
                return Key.End.Code;
            default:
                return final >= '@' ? Code(number, final) : 0;
        }
    }

    private static int Code(int number, char final) => Special + (number + 1 << 8) + final;
}
