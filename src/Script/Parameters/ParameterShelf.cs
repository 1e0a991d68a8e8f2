using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The lists of request parameters that there are: one without a name, and others by their names.</summary>
public sealed class ParameterShelf
{
    private const int ListsMax = 64;

    private readonly Dictionary<string, ParameterList> _lists = [];

    /// <summary>Puts one on the shelf, in the place of one of the same name; "" is the one without.</summary>
    /// <exception cref="BootFailure">There are too many.</exception>
    public void Put(string name, ParameterList list)
    {
        if (_lists.Count == ListsMax && !_lists.ContainsKey(name))
            throw new BootFailure(ScriptFailure.ParametersTooLong);
        _lists[name] = list;
    }

    /// <summary>The one of that name.</summary>
    /// <exception cref="BootFailure">There is none.</exception>
    public ParameterList Require(string name)
    {
        if (_lists.TryGetValue(name, out ParameterList? list)) return list;
        throw new BootFailure(ScriptFailure.NoSuchParameters, name.Length == 0
            ? "There is no parameter list" : $"There is no parameter list '{ByteText.ToUnicode(name)}'");
    }

    /// <summary>Takes one away, if it is there: each serves one request.</summary>
    public ParameterList? Take(string name) => _lists.Remove(name, out ParameterList? list) ? list : null;
}
