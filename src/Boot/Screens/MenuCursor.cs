using System.Collections.Generic;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The marked item of a menu, the part of the menu that is seen, and the keys that move both
/// (spec/ipxe-compat.md 2.3). It only computes.</summary>
/// <param name="items">The menu's.</param>
/// <param name="rows">How many are seen at once.</param>
/// <param name="start">The marked one at first; it can be chosen.</param>
internal sealed class MenuCursor(IReadOnlyList<MenuItem> items, int rows, int start)
{
    private readonly int _rows = int.Max(1, rows);

    /// <summary>The marked item.</summary>
    public int Index { get; private set; } = start;

    /// <summary>The item in the first row that is seen.</summary>
    public int Top { get; private set; } = int.Clamp(start - int.Max(1, rows) + 1, 0, items.Count - 1);

    /// <summary>Marks an item, or the next one that can be chosen.</summary>
    public void MoveTo(int index) => Go(index, 1);

    /// <summary>Applies a key; unknown ones do nothing.</summary>
    public MenuMove Type(Key key)
    {
        if (key == Key.Enter || key.Code == '\n') return MenuMove.Chosen;
        if (key == Key.Escape) return MenuMove.Left;
        if (key == Key.Up) Go(Index - 1, -1);
        else if (key == Key.Down) Go(Index + 1, 1);
        else if (key == Key.PageUp) Go(Index - _rows, -1);
        else if (key == Key.PageDown) Go(Index + _rows, 1);
        else if (key == Key.Home) Go(0, -1);
        else if (key == Key.End) Go(items.Count - 1, 1);
        else return TypeShortcut(key.Code);
        return MenuMove.None;
    }

    /// <summary>The first item with that key, from the marked one on and round, is chosen; from a separator the mark
    /// goes on to what follows it.</summary>
    private MenuMove TypeShortcut(int code)
    {
        for (int i = 0; i < items.Count; i++)
        {
            int index = (Index + i) % items.Count;
            if (items[index].Key != code) continue;
            Go(index, 1);
            return items[index].Name is null ? MenuMove.None : MenuMove.Chosen;
        }
        return MenuMove.None;
    }

    /// <summary>Marks the item at <paramref name="index"/>, else the next that can be chosen in that direction, else
    /// the last one before it.</summary>
    private void Go(int index, int step)
    {
        index = int.Clamp(index, 0, items.Count - 1);
        int found = Find(index, step);
        if (found < 0) found = Find(index, -step);
        Check.That(found >= 0);
        Index = found;
        // The separators above the first item are its heading.
        int heading = Find(found - 1, -1) < 0 ? 0 : found;
        Top = int.Clamp(Top, found - _rows + 1, int.Max(heading, found - _rows + 1));
    }

    private int Find(int index, int step)
    {
        for (; index >= 0 && index < items.Count; index += step)
        {
            if (items[index].Name is not null) return index;
        }
        return -1;
    }
}
