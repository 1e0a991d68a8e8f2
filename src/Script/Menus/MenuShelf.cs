using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The menus and forms that there are: one without a name, and others by their names.</summary>
public sealed class MenuShelf
{
    private const int MenusMax = 256;

    private readonly Dictionary<string, Menu> _menus = [];

    /// <summary>Puts one on the shelf, in the place of one of the same name.</summary>
    /// <exception cref="BootFailure">There are too many.</exception>
    public void Put(string name, Menu menu)
    {
        if (_menus.Count == MenusMax && !_menus.ContainsKey(name)) throw new BootFailure(ScriptFailure.TooManyMenus);
        _menus[name] = menu;
    }

    /// <summary>The one of that name; "" is the one without.</summary>
    /// <exception cref="BootFailure">There is none.</exception>
    public Menu Require(string name)
    {
        if (_menus.TryGetValue(name, out Menu? menu)) return menu;
        throw new BootFailure(
            ScriptFailure.NoSuchMenu,
            name.Length == 0 ? "There is no menu or form" : $"There is no menu or form '{ByteText.ToUnicode(name)}'");
    }

    /// <summary>Takes one away; one that is not there is no failure.</summary>
    public void Remove(string name) => _menus.Remove(name);
}
