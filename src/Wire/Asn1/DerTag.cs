namespace Bootlace.Wire;

/// <summary>The identifier octet of an ASN.1 element (X.690, section 8.1.2): class, constructed or primitive, number.
/// </summary>
public readonly record struct DerTag(byte Value)
{
    private const byte ConstructedBit = 0x20, NumberMask = 0x1f, ContextClass = 0x80;

    /// <summary>BOOLEAN.</summary>
    public static DerTag Boolean => new(0x01);
    /// <summary>INTEGER.</summary>
    public static DerTag Integer => new(0x02);
    /// <summary>BIT STRING.</summary>
    public static DerTag BitString => new(0x03);
    /// <summary>OCTET STRING.</summary>
    public static DerTag OctetString => new(0x04);
    /// <summary>NULL.</summary>
    public static DerTag Null => new(0x05);
    /// <summary>OBJECT IDENTIFIER.</summary>
    public static DerTag ObjectId => new(0x06);
    /// <summary>UTF8String.</summary>
    public static DerTag Utf8Text => new(0x0c);
    /// <summary>PrintableString: letters, digits and some punctuation.</summary>
    public static DerTag PrintableText => new(0x13);
    /// <summary>TeletexString, used as Latin-1.</summary>
    public static DerTag TeletexText => new(0x14);
    /// <summary>IA5String: ASCII.</summary>
    public static DerTag AsciiText => new(0x16);
    /// <summary>UTCTime: a year of two digits.</summary>
    public static DerTag UtcTime => new(0x17);
    /// <summary>GeneralizedTime: a year of four digits.</summary>
    public static DerTag GeneralizedTime => new(0x18);
    /// <summary>BMPString: 16-bit characters, high byte first.</summary>
    public static DerTag BmpText => new(0x1e);
    /// <summary>SEQUENCE, SEQUENCE OF.</summary>
    public static DerTag Sequence => new(0x30);
    /// <summary>SET, SET OF.</summary>
    public static DerTag Set => new(0x31);

    /// <summary>[n] of a primitive type, tagged implicitly.</summary>
    public static DerTag Context(int number) => new((byte)(ContextClass | number));

    /// <summary>[n] with elements inside.</summary>
    public static DerTag ContextConstructed(int number) => new((byte)(ContextClass | ConstructedBit | number));

    /// <summary>Its content is elements.</summary>
    public bool IsConstructed => (Value & ConstructedBit) != 0;

    /// <summary>The number goes on in further octets; nothing we read has such tags.</summary>
    public bool IsLong => (Value & NumberMask) == NumberMask;

    /// <summary>Ends an element of indefinite length.</summary>
    internal bool IsEndOfContents => Value == 0;
}
