namespace Internal.Runtime;

/// <summary>Undoes a prologue by its unwind codes (Microsoft's ARM64 exception handling, .xdata records). The place is
/// always behind a call, so that the whole prologue has run.</summary>
internal static unsafe class Arm64Unwinder
{
    private const int FramePointer = 29;
    private const int LinkRegister = 30;
    private const int FirstSaved = 19;
    private const int FirstSavedVector = 8;
    private const uint CodeEnd = 0xe4;
    private const uint CodeEndOfFragment = 0xe5;

    /// <summary>Where an .xdata record has what.</summary>
    public struct Header
    {
        public byte* Codes;
        public uint CodeBytes;
        public bool HasHandler;
    }

    public static Header ReadHeader(byte* unwind)
    {
        uint first = *(uint*)unwind;
        uint epilogueCount = (first >> 22) & 31;
        uint codeWords = first >> 27;
        byte* next = unwind + 4;
        if (epilogueCount == 0 && codeWords == 0)
        {
            uint second = *(uint*)next;
            epilogueCount = second & 0xffff;
            codeWords = (second >> 16) & 0xff;
            next += 4;
        }
        bool oneEpilogueInHeader = (first & 1u << 21) != 0;
        if (!oneEpilogueInHeader) next += 4 * epilogueCount;
        return new Header { Codes = next, CodeBytes = 4 * codeWords, HasHandler = (first & 1u << 20) != 0 };
    }

    public static void Unwind(byte* unwind, ref RegisterFile frame)
    {
        Header header = ReadHeader(unwind);
        byte* code = header.Codes;
        byte* end = code + header.CodeBytes;
        uint nextPairs = 0;   // save_next codes seen: the coming pair is followed by so many more
        while (code < end && *code is not ((byte)CodeEnd or (byte)CodeEndOfFragment))
            code += *code < 0xe0 ? UndoSave(code, ref frame, ref nextPairs) : UndoOther(code, ref frame, ref nextPairs);
        frame.Ip = (nuint)frame.Integer[LinkRegister];
    }

    private static uint UndoSave(byte* code, ref RegisterFile frame, ref uint nextPairs)
    {
        uint first = code[0];
        if (first < 0x20)   // alloc_s
        {
            frame.Sp += first * 16;
            return 1;
        }
        if (first < 0x40)   // save_r19r20_x
        {
            Pair(ref frame, FirstSaved, 0, ref nextPairs);
            frame.Sp += (first & 31) * 8;
            return 1;
        }
        if (first < 0x80)   // save_fplr
        {
            FrameAndLink(ref frame, (first & 63) * 8);
            return 1;
        }
        if (first < 0xc0)   // save_fplr_x
        {
            FrameAndLink(ref frame, 0);
            frame.Sp += ((first & 63) + 1) * 8;
            return 1;
        }
        uint word = first << 8 | code[1];
        uint offset = (word & 63) * 8;
        int register = FirstSaved + (int)((word >> 6) & 15);
        int vector = FirstSavedVector + (int)((word >> 6) & 7);
        if (first < 0xc8) frame.Sp += (word & 0x7ff) * 16;                      // alloc_m
        else if (first < 0xcc) Pair(ref frame, register, offset, ref nextPairs);   // save_regp
        else if (first < 0xd0)                                                     // save_regp_x
        {
            Pair(ref frame, register, 0, ref nextPairs);
            frame.Sp += offset + 8;
        }
        else if (first < 0xd4) frame.Integer[register] = Load(ref frame, offset);  // save_reg
        else if (first < 0xd6)                                                     // save_reg_x
        {
            frame.Integer[FirstSaved + (int)((word >> 5) & 15)] = Load(ref frame, 0);
            frame.Sp += (word & 31) * 8 + 8;
        }
        else if (first < 0xd8)                                                     // save_lrpair
        {
            frame.Integer[FirstSaved + 2 * (int)((word >> 6) & 7)] = Load(ref frame, offset);
            frame.Integer[LinkRegister] = Load(ref frame, offset + 8);
        }
        else if (first < 0xda) VectorPair(ref frame, vector, offset, ref nextPairs);   // save_fregp
        else if (first < 0xdc)                                                         // save_fregp_x
        {
            VectorPair(ref frame, vector, 0, ref nextPairs);
            frame.Sp += offset + 8;
        }
        else if (first < 0xde) frame.Vector[vector * 2] = Load(ref frame, offset);     // save_freg
        else if (first == 0xde)                                                        // save_freg_x
        {
            frame.Vector[(FirstSavedVector + (int)((word >> 5) & 7)) * 2] = Load(ref frame, 0);
            frame.Sp += (word & 31) * 8 + 8;
        }
        else Crash.Stop("unknown unwind code", frame.Ip);
        return 2;
    }

    private static uint UndoOther(byte* code, ref RegisterFile frame, ref uint nextPairs)
    {
        switch (code[0])
        {
            case 0xe0:   // alloc_l
                frame.Sp += ((uint)code[1] << 16 | (uint)code[2] << 8 | code[3]) * 16;
                return 4;
            case 0xe1:   // set_fp
                frame.Sp = (nuint)frame.Integer[FramePointer];
                return 1;
            case 0xe2:   // add_fp
                frame.Sp = (nuint)frame.Integer[FramePointer] - code[1] * 8u;
                return 2;
            case 0xe3:   // nop
                return 1;
            case 0xe6:   // save_next
                nextPairs++;
                return 1;
            default:
                Crash.Stop("unknown unwind code", frame.Ip);
                return 1;
        }
    }

    private static void FrameAndLink(ref RegisterFile frame, uint offset)
    {
        frame.Integer[FramePointer] = Load(ref frame, offset);
        frame.Integer[LinkRegister] = Load(ref frame, offset + 8);
    }

    private static void Pair(ref RegisterFile frame, int register, uint offset, ref uint nextPairs)
    {
        for (; ; nextPairs--, register += 2, offset += 16)
        {
            frame.Integer[register] = Load(ref frame, offset);
            frame.Integer[register + 1] = Load(ref frame, offset + 8);
            if (nextPairs == 0) return;
        }
    }

    private static void VectorPair(ref RegisterFile frame, int register, uint offset, ref uint nextPairs)
    {
        for (; ; nextPairs--, register += 2, offset += 16)
        {
            frame.Vector[register * 2] = Load(ref frame, offset);
            frame.Vector[register * 2 + 2] = Load(ref frame, offset + 8);
            if (nextPairs == 0) return;
        }
    }

    private static ulong Load(ref RegisterFile frame, uint offset) => *(ulong*)(frame.Sp + offset);
}
