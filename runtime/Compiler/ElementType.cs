namespace Internal.Runtime;

/// <summary>Bits 26 to 30 of the method table's flags.</summary>
internal static class ElementType
{
    public const uint Boolean = 0x02;
    public const uint Char = 0x03;
    public const uint SByte = 0x04;
    public const uint Byte = 0x05;
    public const uint Int16 = 0x06;
    public const uint UInt16 = 0x07;
    public const uint Int32 = 0x08;
    public const uint UInt32 = 0x09;
    public const uint Int64 = 0x0a;
    public const uint UInt64 = 0x0b;
    public const uint IntPtr = 0x0c;
    public const uint UIntPtr = 0x0d;
    public const uint Single = 0x0e;
    public const uint Double = 0x0f;
    public const uint Nullable = 0x12;
    public const uint Class = 0x14;
    public const uint Interface = 0x15;
    public const uint SystemArray = 0x16;
    public const uint Array = 0x17;
    public const uint SzArray = 0x18;
}
