using System;
using System.Collections.Generic;

namespace Bootlace.RuntimeChecks;

/// <summary>Collects the checks, group by group.</summary>
internal sealed class CheckList
{
    private readonly HashSet<string> _names = [];
    private string _group = "";

    public List<RuntimeCheck> Checks { get; } = [];

    /// <summary>The group of all checks that follow.</summary>
    public void Group(string name) => _group = name;

    public void Add(string name, Action body)
    {
        if (!_names.Add(_group + ": " + name)) throw new ArgumentException("There are two checks named " + name + " in "
            + _group + ".");
        Checks.Add(new RuntimeCheck(_group, name, body));
    }

    /// <summary>A check that many seeded cases give what they give on .NET, whose digest is <paramref
    /// name="golden"/>.</summary>
    public void Digest(string name, ulong golden, Action<Digest> body) => Add(name, () =>
    {
        var digest = new Digest();
        body(digest);
        if (digest.Value != golden) throw new CheckException("the digest is 0x" + digest.Value.ToString("x16")
            + ", on .NET 0x" + golden.ToString("x16"));
    });
}
