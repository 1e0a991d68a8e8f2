using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>How a setting's bytes are written as text and back (spec/ipxe-compat.md 3.4).</summary>
public abstract class SettingType(string name)
{
    /// <summary>The word after the colon.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its values are numbers, the most significant byte first.</summary>
    public virtual bool IsNumber => false;

    /// <summary>The bytes of a text, or throws <see cref="ScriptFailure.BadValue"/>.</summary>
    public abstract byte[] Parse(string text);

    /// <summary>The text of some bytes; false when they do not fit the type.</summary>
    public abstract bool TryFormat(ReadOnlySpan<byte> value, out string text);

    /// <summary>The bytes that hold a number of this type; types without numbers write it as text.</summary>
    public virtual byte[] FromNumber(long number) => Parse(number.ToString());

    /// <summary>The type of that name, or null.</summary>
    public static SettingType? Find(string name)
    {
        foreach (SettingType type in SettingTypes.All)
        {
            if (type.Name == name) return type;
        }
        return null;
    }

    /// <summary>What <see cref="Parse"/> throws.</summary>
    protected BootFailure Refuse(string text) =>
        new(ScriptFailure.BadValue, $"'{ByteText.ToUnicode(text)}' is no value of type {Name}");
}
