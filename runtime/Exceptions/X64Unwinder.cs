using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>Undoes a prologue by its unwind codes (Microsoft's x64 exception handling, UNWIND_INFO version 1). The
/// place is always behind a call, so that the whole prologue has run.</summary>
internal static unsafe class X64Unwinder
{
    private const int PushNonvolatile = 0;
    private const int AllocateLarge = 1;
    private const int AllocateSmall = 2;
    private const int SetFrameRegister = 3;
    private const int SaveNonvolatile = 4;
    private const int SaveNonvolatileFar = 5;
    private const int SaveXmm = 8;
    private const int SaveXmmFar = 9;

    public static void Unwind(byte* unwind, ref RegisterFile frame)
    {
        int codeCount = unwind[2];
        int frameRegister = unwind[3] & 15;
        nuint sp = frame.Sp;
        nuint frameBase = frameRegister == 0 ? sp : (nuint)frame.Integer[frameRegister] - (nuint)(unwind[3] >> 4) * 16;
        var code = (ushort*)(unwind + 4);
        ushort* end = code + codeCount;
        while (code < end)
        {
            int operation = (*code >> 8) & 15;
            int info = *code >> 12;
            code++;
            switch (operation)
            {
                case PushNonvolatile:
                    frame.Integer[info] = *(ulong*)sp;
                    sp += 8;
                    break;
                case AllocateLarge:
                    sp += info == 0 ? *code * 8u : Unsafe.ReadUnaligned<uint>(code);
                    code += info == 0 ? 1 : 2;
                    break;
                case AllocateSmall:
                    sp += (uint)info * 8 + 8;
                    break;
                case SetFrameRegister:
                    sp = frameBase;
                    break;
                case SaveNonvolatile:
                    frame.Integer[info] = *(ulong*)(frameBase + *code * 8u);
                    code++;
                    break;
                case SaveNonvolatileFar:
                    frame.Integer[info] = *(ulong*)(frameBase + Unsafe.ReadUnaligned<uint>(code));
                    code += 2;
                    break;
                case SaveXmm:
                    RestoreXmm(ref frame, info, frameBase + *code * 16u);
                    code++;
                    break;
                case SaveXmmFar:
                    RestoreXmm(ref frame, info, frameBase + Unsafe.ReadUnaligned<uint>(code));
                    code += 2;
                    break;
                default:
                    Crash.Stop("unknown unwind code", frame.Ip);
                    break;
            }
        }
        frame.Ip = *(nuint*)sp;
        frame.Sp = sp + 8;
    }

    private static void RestoreXmm(ref RegisterFile frame, int register, nuint place)
    {
        frame.Vector[register * 2] = ((ulong*)place)[0];
        frame.Vector[register * 2 + 1] = ((ulong*)place)[1];
    }
}
