using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A menu or a form as a script puts it together (spec/ipxe-compat.md 2.3).</summary>
/// <param name="title">Above the items.</param>
public sealed class Menu(string title)
{
    /// <summary>A script that adds items in a loop without end shall not eat the heap.</summary>
    private const int ItemsMax = 4096;

    private readonly List<MenuItem> _items = [];

    /// <summary>Above the items.</summary>
    public string Title { get; } = title;

    /// <summary>The lines, from the top.</summary>
    public IReadOnlyList<MenuItem> Items => _items;

    /// <summary>Adds one at the bottom.</summary>
    /// <exception cref="BootFailure">There are too many.</exception>
    public void Add(MenuItem item)
    {
        if (_items.Count == ItemsMax) throw new BootFailure(ScriptFailure.MenuTooLong);
        _items.Add(item);
    }

    /// <summary>Where a menu begins: the item of that name, else the one that is marked, else the first that can be
    /// chosen; -1: none can be.</summary>
    public int FindStart(string? name)
    {
        int first = -1, marked = -1;
        for (int i = 0; i < _items.Count; i++)
        {
            if (_items[i].Name is not { } found) continue;
            if (found == name) return i;
            if (first < 0) first = i;
            if (marked < 0 && _items[i].IsDefault) marked = i;
        }
        return marked < 0 ? first : marked;
    }
}
