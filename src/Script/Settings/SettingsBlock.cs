using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A source of settings with its place in the tree: an interface, a lease, a made-up scope.</summary>
/// <param name="name">Its name below its parent.</param>
/// <param name="order">Blocks of higher order are asked before their siblings of equal priority.</param>
public abstract class SettingsBlock(string name, int order = 0)
{
    private readonly List<SettingsBlock> _children = [];

    /// <summary>Its name below its parent.</summary>
    public string Name { get; } = name;

    /// <summary>Where it hangs; null: the root, or not registered.</summary>
    public SettingsBlock? Parent { get; private set; }

    /// <summary>The blocks below, first asked first.</summary>
    public IReadOnlyList<SettingsBlock> Children => _children;

    /// <summary>The kind of block, for settings declared for one kind only; null: general.</summary>
    public virtual string? Scope => null;

    /// <summary>The block that answers in its stead (netX), or itself.</summary>
    public virtual SettingsBlock Target => this;

    /// <summary>Names from below the root down to here, joined by dots.</summary>
    public string FullName =>
        Parent is null ? "" : Parent.FullName.Length == 0 ? Name : $"{Parent.FullName}.{Name}";

    /// <summary>Asks for a value of its own (not of its children).</summary>
    public abstract bool TryFetch(SettingKey key, out StoredSetting found);

    /// <summary>The settings of its own that can be listed, for <c>config</c>; a block that works values out of what it
    /// is asked for has none.</summary>
    public virtual IReadOnlyList<SettingKey> Keys => [];

    /// <summary>Whether <see cref="Store"/> takes it.</summary>
    public virtual bool CanStore(SettingKey key) => false;

    /// <summary>Stores a value; null deletes.</summary>
    public virtual void Store(SettingKey key, byte[]? value) =>
        throw new BootFailure(ScriptFailure.ReadOnlySetting, $"'{key.Name}' cannot be changed in '{FullName}'");

    /// <summary>The child of that name, or null.</summary>
    public SettingsBlock? FindChild(string childName)
    {
        foreach (SettingsBlock child in _children)
        {
            if (child.Name == childName) return child;
        }
        return null;
    }

    internal void Attach(SettingsBlock child)
    {
        Check.That(child.Parent is null);
        child.Parent = this;
        Place(child);
    }

    internal void Detach(SettingsBlock child)
    {
        _children.Remove(child);
        child.Parent = null;
    }

    /// <summary>Sorts it in anew: its priority may have changed.</summary>
    internal void Reorder(SettingsBlock child)
    {
        _children.Remove(child);
        Place(child);
    }

    private void Place(SettingsBlock child)
    {
        int index = _children.Count;
        while (index > 0 && child.Outranks(_children[index - 1])) index--;
        _children.Insert(index, child);
    }

    private bool Outranks(SettingsBlock other)
    {
        long mine = Priority(), theirs = other.Priority();
        return mine != theirs ? mine > theirs : order > other.OwnOrder;
    }

    private int OwnOrder => order;

    private long Priority() =>
        Target == this && TryFetch(DeclaredSettings.Priority, out StoredSetting found)
        && IntegerType.TryReadNumber(found.Value, isSigned: true, out long value) ? value : 0;
}
