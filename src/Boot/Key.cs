using System;

namespace Bootlace.Boot;

/// <summary>A typed key by iPXE's numbers (spec/ipxe-compat.md 1.7): a character is itself (Ctrl-C 0x03, Enter 0x0d,
/// backspace 0x08, ESC 0x1b), a special key 0x110000 + ((n+1) &lt;&lt; 8) + the final byte of its ANSI
/// sequence.</summary>
public readonly struct Key(int code) : IEquatable<Key>
{
    /// <summary>The number.</summary>
    public int Code { get; } = code;

    /// <summary>Ctrl-B: to the shell.</summary>
    public static Key CtrlB => new(0x02);
    /// <summary>Ctrl-C: cancels what is under way.</summary>
    public static Key CtrlC => new(0x03);
    /// <summary>Backspace; a delete key that arrives as 0x7f is this too.</summary>
    public static Key Backspace => new(0x08);
    /// <summary>Enter.</summary>
    public static Key Enter => new(0x0d);
    /// <summary>Escape.</summary>
    public static Key Escape => new(0x1b);
    /// <summary>Cursor up, ESC [ A.</summary>
    public static Key Up => new(0x110141);
    /// <summary>Cursor down, ESC [ B.</summary>
    public static Key Down => new(0x110142);
    /// <summary>Cursor right, ESC [ C.</summary>
    public static Key Right => new(0x110143);
    /// <summary>Cursor left, ESC [ D.</summary>
    public static Key Left => new(0x110144);
    /// <summary>End, ESC [ F.</summary>
    public static Key End => new(0x110146);
    /// <summary>Home, ESC [ H.</summary>
    public static Key Home => new(0x110148);
    /// <summary>Insert, ESC [ 2 ~.</summary>
    public static Key Insert => new(0x11037e);
    /// <summary>Delete, ESC [ 3 ~.</summary>
    public static Key Delete => new(0x11047e);
    /// <summary>Page up, ESC [ 5 ~.</summary>
    public static Key PageUp => new(0x11067e);
    /// <summary>Page down, ESC [ 6 ~.</summary>
    public static Key PageDown => new(0x11077e);

    /// <summary>A printable character, 0x20 and up, but no special key.</summary>
    public bool IsPrintable => Code >= 0x20 && Code != 0x7f && Code < 0x110000;

    /// <summary>Same key.</summary>
    public static bool operator ==(Key a, Key b) => a.Code == b.Code;
    /// <summary>Other key.</summary>
    public static bool operator !=(Key a, Key b) => a.Code != b.Code;
    /// <inheritdoc/>
    public bool Equals(Key other) => Code == other.Code;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Key other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Code;
}
