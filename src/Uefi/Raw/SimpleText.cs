using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_SIMPLE_TEXT_INPUT_PROTOCOL (UEFI 2.10, 12.3).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleTextInput
{
    public delegate* unmanaged<SimpleTextInput*, byte, nuint> Reset;
    public delegate* unmanaged<SimpleTextInput*, InputKey*, nuint> ReadKeyStroke;
    public nint WaitForKey;
}

/// <summary>EFI_INPUT_KEY.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InputKey
{
    public ushort ScanCode;
    public ushort UnicodeChar;
}

/// <summary>EFI_SIMPLE_TEXT_INPUT_EX_PROTOCOL (UEFI 2.10, 12.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleTextInputEx
{
    public delegate* unmanaged<SimpleTextInputEx*, byte, nuint> Reset;
    public delegate* unmanaged<SimpleTextInputEx*, KeyData*, nuint> ReadKeyStrokeEx;
    public nint WaitForKeyEx;
    public void* SetState;
    public void* RegisterKeyNotify;
    public void* UnregisterKeyNotify;
}

/// <summary>EFI_KEY_DATA with its EFI_KEY_STATE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KeyData
{
    public InputKey Key;
    public uint KeyShiftState;
    public byte KeyToggleState;
}

/// <summary>Bits of KeyShiftState.</summary>
internal static class KeyShift
{
    public const uint Valid = 0x80000000;
    public const uint RightControl = 0x04;
    public const uint LeftControl = 0x08;
    public const uint RightAlt = 0x10;
}

/// <summary>Scan codes (UEFI 2.10, table 12.1).</summary>
internal static class ScanCode
{
    public const ushort None = 0x00;
    public const ushort Up = 0x01;
    public const ushort Down = 0x02;
    public const ushort Right = 0x03;
    public const ushort Left = 0x04;
    public const ushort Home = 0x05;
    public const ushort End = 0x06;
    public const ushort Insert = 0x07;
    public const ushort Delete = 0x08;
    public const ushort PageUp = 0x09;
    public const ushort PageDown = 0x0a;
    public const ushort F1 = 0x0b;
    public const ushort F12 = 0x16;
    public const ushort Escape = 0x17;
}

/// <summary>EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL (UEFI 2.10, 12.4).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleTextOutput
{
    public delegate* unmanaged<SimpleTextOutput*, byte, nuint> Reset;
    public delegate* unmanaged<SimpleTextOutput*, char*, nuint> OutputString;
    public void* TestString;
    public delegate* unmanaged<SimpleTextOutput*, nuint, nuint*, nuint*, nuint> QueryMode;
    public void* SetMode;
    public delegate* unmanaged<SimpleTextOutput*, nuint, nuint> SetAttribute;
    public delegate* unmanaged<SimpleTextOutput*, nuint> ClearScreen;
    public delegate* unmanaged<SimpleTextOutput*, nuint, nuint, nuint> SetCursorPosition;
    public delegate* unmanaged<SimpleTextOutput*, byte, nuint> EnableCursor;
    public SimpleTextOutputMode* Mode;
}

/// <summary>SIMPLE_TEXT_OUTPUT_MODE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SimpleTextOutputMode
{
    public int MaxMode;
    public int Mode;
    public int Attribute;
    public int CursorColumn;
    public int CursorRow;
    public byte CursorVisible;
}
