using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>Program code says how far away what it calls is, which differs from call to call. Saying where it is
/// instead, so that every call of one function reads the same, makes code a tenth shorter when compressed. Works on any
/// bytes: what looks like a call is treated as one, and what was done is always undone exactly.</summary>
public static class BranchAddresses
{
    private const byte X64Call = 0xe8, X64Jump = 0xe9;
    private const int X64Bytes = 5;
    private const uint Arm64CallMask = 0xfc00_0000, Arm64Call = 0x9400_0000;

    /// <summary>Makes every call of x64 or arm64 code say where it goes.</summary>
    public static void MakeAbsolute(Span<byte> code, bool isArm64)
    {
        if (isArm64) MoveArm64(code, 1);
        else MoveX64(code, isAbsolute: false);
    }

    /// <summary>Undoes it.</summary>
    public static void MakeRelative(Span<byte> code, bool isArm64)
    {
        if (isArm64) MoveArm64(code, -1);
        else MoveX64(code, isAbsolute: true);
    }

    /// <summary>E8 or E9 and 32 bits. Relative, -at .. length - at is within the code and becomes 0 .. length; what
    /// lies between there and length becomes -at .. 0, so that every number comes from one and only one.</summary>
    private static void MoveX64(Span<byte> code, bool isAbsolute)
    {
        for (int at = 0; at < code.Length - X64Bytes;)
        {
            if (code[at] is not (X64Call or X64Jump))
            {
                at++;
                continue;
            }
            // What is left as it is counts as a call all the same: if a call could begin inside its field, the field
            // would be judged by other bytes on the way back.
            Span<byte> field = code.Slice(at + 1, sizeof(int));
            int value = BinaryPrimitives.ReadInt32LittleEndian(field);
            if (value >= -at && value < code.Length)
            {
                int moved = isAbsolute
                    ? (value < 0 ? value + code.Length : value - at)
                    : (value >= code.Length - at ? value - code.Length : value + at);
                BinaryPrimitives.WriteInt32LittleEndian(field, moved);
            }

            at += X64Bytes;
        }
    }

    /// <summary>BL and 26 bits, which count instructions; they wrap around.</summary>
    private static void MoveArm64(Span<byte> code, int direction)
    {
        for (int at = 0; at <= code.Length - sizeof(uint); at += sizeof(uint))
        {
            uint instruction = BinaryPrimitives.ReadUInt32LittleEndian(code[at..]);
            if ((instruction & Arm64CallMask) != Arm64Call) continue;
            uint moved = instruction + (uint)(direction * (at / sizeof(uint)));
            BinaryPrimitives.WriteUInt32LittleEndian(code[at..], Arm64Call | moved & ~Arm64CallMask);
        }
    }
}
