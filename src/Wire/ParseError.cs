namespace Bootlace.Wire;

/// <summary>Why bytes from the network were refused. A parser returns false with one of these and never
/// throws.</summary>
public enum ParseError
{
    /// <summary>Nothing is wrong.</summary>
    None,
    /// <summary>Nothing is wrong yet, but the message goes on: try again with more bytes. Only parsers of streams say
    /// so.
    /// </summary>
    Incomplete,
    /// <summary>The bytes end before the fixed part does.</summary>
    TooShort,
    /// <summary>A length field contradicts the bytes there are, or itself.</summary>
    BadLength,
    /// <summary>Another version of the protocol, or none at all.</summary>
    BadVersion,
    /// <summary>The checksum does not match.</summary>
    BadChecksum,
    /// <summary>An option is malformed.</summary>
    BadOption,
    /// <summary>Fragment fields that no whole packet could have led to.</summary>
    BadFragment,
    /// <summary>A kind of message, hardware or address that this format does not have.</summary>
    BadKind,
    /// <summary>A name that is too long, loops, or leaves the message.</summary>
    BadName,
    /// <summary>Text that is not what its field allows.</summary>
    BadText,
    /// <summary>A code of a compressed stream that stands for nothing, or a set of codes there cannot be.</summary>
    BadCode,
    /// <summary>More of something than its limit.</summary>
    TooMany,
}
