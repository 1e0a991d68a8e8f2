// The parts that C# cannot say, for arm64 firmware: entry and exit, the write barriers, the interface call stub, and
// the doors of the exception machinery. HEAP_BYTES and STACK_BYTES come from the build. x18 belongs to the firmware.

#define FrameBytes (0x210)   // Exceptions/RegisterFile.cs: Ip, Sp, Integer[32] at 0x10, Vector[16] at 0x110
#define FrameX19 (0x10 + 8*19)
#define FrameX21 (0x10 + 8*21)
#define FrameX23 (0x10 + 8*23)
#define FrameX25 (0x10 + 8*25)
#define FrameX27 (0x10 + 8*27)
#define FrameX29 (0x10 + 8*29)
#define FrameD8 (0x110 + 16*8)

// Managed code lies between these two; the linker sorts the sections by what follows the dollar sign.
    .section .managedcode$A,"xr"
    .globl ManagedCodeStart
ManagedCodeStart:
    brk #0
    .section .managedcode$Z,"xr"
    .globl ManagedCodeEnd
ManagedCodeEnd:
    brk #0

    .data
    .globl __security_cookie, RhpTrapThreads, BootlaceHeapBytes, BootlaceStackBytes, CurrentDispatch
    .balign 8
__security_cookie:  .quad 0x2b992ddfa232
BootlaceHeapBytes:  .quad HEAP_BYTES
BootlaceStackBytes: .quad STACK_BYTES
FirmwareStack:      .quad 0
CurrentDispatch:    .quad 0                  // Exceptions/ExceptionDispatch.cs: the innermost
RhpTrapThreads:     .long 0

    .bss
    .globl InterfaceDispatchCache
    .balign 64
InterfaceDispatchCache: .zero 512*32

    .text

    .macro SaveNonvolatile base
    stp x19, x20, [\base, #FrameX19]
    stp x21, x22, [\base, #FrameX21]
    stp x23, x24, [\base, #FrameX23]
    stp x25, x26, [\base, #FrameX25]
    stp x27, x28, [\base, #FrameX27]
    str x29, [\base, #FrameX29]
    str d8, [\base, #FrameD8]
    str d9, [\base, #FrameD8 + 0x10]
    str d10, [\base, #FrameD8 + 0x20]
    str d11, [\base, #FrameD8 + 0x30]
    str d12, [\base, #FrameD8 + 0x40]
    str d13, [\base, #FrameD8 + 0x50]
    str d14, [\base, #FrameD8 + 0x60]
    str d15, [\base, #FrameD8 + 0x70]
    .endm

    .macro LoadNonvolatile base
    ldp x19, x20, [\base, #FrameX19]
    ldp x21, x22, [\base, #FrameX21]
    ldp x23, x24, [\base, #FrameX23]
    ldp x25, x26, [\base, #FrameX25]
    ldp x27, x28, [\base, #FrameX27]
    ldr x29, [\base, #FrameX29]
    ldr d8, [\base, #FrameD8]
    ldr d9, [\base, #FrameD8 + 0x10]
    ldr d10, [\base, #FrameD8 + 0x20]
    ldr d11, [\base, #FrameD8 + 0x30]
    ldr d12, [\base, #FrameD8 + 0x40]
    ldr d13, [\base, #FrameD8 + 0x50]
    ldr d14, [\base, #FrameD8 + 0x60]
    ldr d15, [\base, #FrameD8 + 0x70]
    .endm

// EFI_STATUS EfiMain(image handle, system table)
    .globl EfiMain
EfiMain:
    sub sp, sp, #FrameBytes + 0x20              // frame at 0, arguments and the return address above it
    mov x9, sp
    SaveNonvolatile x9
    str x0, [sp, #FrameBytes]
    str x1, [sp, #FrameBytes + 8]
    str x30, [sp, #FrameBytes + 0x10]
    adrp x9, FirmwareStack
    add x9, x9, :lo12:FirmwareStack
    mov x10, sp
    str x10, [x9]
    bl RuntimePrepare                            // x0: top of our own stack, or 0
    cbz x0, 1f
    mov x9, x0
    ldr x0, [sp, #FrameBytes]
    ldr x1, [sp, #FrameBytes + 8]
    mov sp, x9
    mov x29, xzr
    bl RuntimeRun
    b ReturnToFirmware
1:  mov x0, #9                                   // EFI_OUT_OF_RESOURCES
    orr x0, x0, #0x8000000000000000

// void ReturnToFirmware(status): leaves the image from wherever it is
    .globl ReturnToFirmware
ReturnToFirmware:
    adrp x9, FirmwareStack
    add x9, x9, :lo12:FirmwareStack
    ldr x9, [x9]
    mov sp, x9
    bl RuntimeRelease                            // hands the status through
    mov x9, sp
    LoadNonvolatile x9
    ldr x30, [sp, #FrameBytes + 0x10]
    add sp, sp, #FrameBytes + 0x20
    ret

// void WithSpilledRegisters(delegate* unmanaged<nuint, void>): calls it with a stack pointer below which lies nothing
// that the caller still needs, every register it must keep being on the stack above.
    .globl WithSpilledRegisters
WithSpilledRegisters:
    stp x29, x30, [sp, #-0x60]!
    stp x19, x20, [sp, #0x10]
    stp x21, x22, [sp, #0x20]
    stp x23, x24, [sp, #0x30]
    stp x25, x26, [sp, #0x40]
    stp x27, x28, [sp, #0x50]
    mov x9, x0
    mov x0, sp
    blr x9
    ldp x27, x28, [sp, #0x50]
    ldp x25, x26, [sp, #0x40]
    ldp x23, x24, [sp, #0x30]
    ldp x21, x22, [sp, #0x20]
    ldp x19, x20, [sp, #0x10]
    ldp x29, x30, [sp], #0x60
    ret

// nuint StackPointer()
    .globl StackPointer
StackPointer:
    mov x0, sp
    ret

    .globl RhpGcPoll, RhpPInvoke, RhpPInvokeReturn, RhpReversePInvoke, RhpReversePInvokeReturn
RhpGcPoll:
RhpPInvoke:
RhpPInvokeReturn:
RhpReversePInvoke:
RhpReversePInvokeReturn:
    ret

// Write barriers: nothing moves and nothing marks while we run, so they only store.
    .globl RhpAssignRefArm64, RhpCheckedAssignRefArm64, RhpByRefAssignRefArm64
RhpAssignRefArm64:
RhpCheckedAssignRefArm64:
    str x15, [x14], #8
    ret
RhpByRefAssignRefArm64:
    ldr x15, [x13], #8
    str x15, [x14], #8
    ret

// Every interface call: x11 = cell, x0 = receiver. The table is Dispatch/InterfaceDispatch.cs's.
    .globl RhpInitialDynamicInterfaceDispatch
RhpInitialDynamicInterfaceDispatch:
    cbz x0, 1f
    ldr x9, [x0]
    lsr w10, w11, #4
    add w10, w10, w9, lsr #3
    and x10, x10, #511
    adrp x12, InterfaceDispatchCache
    add x12, x12, :lo12:InterfaceDispatchCache
    add x10, x12, x10, lsl #5
    ldp x12, x16, [x10]
    cmp x12, x11
    b.ne 1f
    cmp x16, x9
    b.ne 1f
    ldr x16, [x10, #16]
    br x16
1:  stp x29, x30, [sp, #-0xe0]!
    mov x29, sp
    stp x0, x1, [sp, #0x10]
    stp x2, x3, [sp, #0x20]
    stp x4, x5, [sp, #0x30]
    stp x6, x7, [sp, #0x40]
    str x8, [sp, #0x50]
    stp q0, q1, [sp, #0x60]
    stp q2, q3, [sp, #0x80]
    stp q4, q5, [sp, #0xa0]
    stp q6, q7, [sp, #0xc0]
    mov x1, x11
    bl ResolveInterfaceCall
    mov x16, x0
    ldp q6, q7, [sp, #0xc0]
    ldp q4, q5, [sp, #0xa0]
    ldp q2, q3, [sp, #0x80]
    ldp q0, q1, [sp, #0x60]
    ldr x8, [sp, #0x50]
    ldp x6, x7, [sp, #0x40]
    ldp x4, x5, [sp, #0x30]
    ldp x2, x3, [sp, #0x20]
    ldp x0, x1, [sp, #0x10]
    ldp x29, x30, [sp], #0xe0
    br x16

// throw: x0 = exception. rethrow: the exception of the running catch block.
    .macro EnterException target
    mov x9, sp
    sub sp, sp, #FrameBytes
    stp x30, x9, [sp]
    mov x1, sp
    SaveNonvolatile x1
    bl \target
    brk #0
    .endm

    .globl RhpThrowEx, RhpRethrow
RhpThrowEx:
    EnterException ThrowException
RhpRethrow:
    EnterException RethrowException

// Handlers run with the registers of the frame they belong to, called from one of these three places. The unwinder
// knows a handler's caller by the label behind the call.

// never CallCatch(exception, handler, frame, outer dispatch): goes on where the handler says, in the handling frame
    .globl CallCatch, CatchReturn
CallCatch:
    ldr x9, [x2, #8]
    stp x9, x3, [sp, #-0x10]!                    // the frame's stack pointer
    LoadNonvolatile x2
    blr x1
CatchReturn:
    ldp x9, x10, [sp]
    adrp x11, CurrentDispatch
    str x10, [x11, :lo12:CurrentDispatch]
    mov sp, x9
    br x0

// void CallFinally(handler, frame)
    .globl CallFinally, FinallyReturn
CallFinally:
    sub sp, sp, #FrameBytes + 0x10
    mov x9, sp
    SaveNonvolatile x9
    str x30, [sp, #FrameBytes]
    LoadNonvolatile x1
    blr x0
FinallyReturn:
    mov x9, sp
    LoadNonvolatile x9
    ldr x30, [sp, #FrameBytes]
    add sp, sp, #FrameBytes + 0x10
    ret

// int CallFilter(exception, filter, frame, nuint* stub's stack pointer)
    .globl CallFilter, FilterReturn, FailFilter
CallFilter:
    sub sp, sp, #FrameBytes + 0x10
    mov x9, sp
    str x9, [x3]
    SaveNonvolatile x9
    str x30, [sp, #FrameBytes]
    LoadNonvolatile x2
    blr x1
FilterReturn:
    mov x9, sp
    LoadNonvolatile x9
    ldr x30, [sp, #FrameBytes]
    add sp, sp, #FrameBytes + 0x10
    ret

// never FailFilter(stub's stack pointer): an exception left a filter, which counts as "no"
FailFilter:
    mov sp, x0
    mov x0, xzr
    b FilterReturn

// What the application asks the CPU itself, by [DllImport("native")].

// ulong ReadCycleCounter()
    .globl ReadCycleCounter
ReadCycleCounter:
    isb                                          // not before what is being timed
    mrs x0, cntvct_el0
    ret

// ulong ReadCounterFrequency(): ticks per second
    .globl ReadCounterFrequency
ReadCounterFrequency:
    mrs x0, cntfrq_el0
    ret

// int ReadCpuIdentity(leaf, subleaf, uint*): 0, CPUID being x86's
    .globl ReadCpuIdentity
ReadCpuIdentity:
    mov w0, wzr
    ret

// int ReadHardwareRandom(ulong*): 1, or 0 where there is no RNDR or it fails ten times
    .globl ReadHardwareRandom
ReadHardwareRandom:
    mrs x1, id_aa64isar0_el1
    lsr x1, x1, #60                              // FEAT_RNG
    cbz x1, 2f
    mov w2, #10
1:  mrs x1, s3_3_c2_c4_0                         // RNDR; sets the zero flag when it has nothing
    b.ne 3f
    subs w2, w2, #1
    b.ne 1b
2:  mov w0, wzr
    ret
3:  str x1, [x0]
    mov w0, #1
    ret

// nuint CallSystemV(function, first, second): the one convention there is
    .globl CallSystemV
CallSystemV:
    mov x16, x0
    mov x0, x1
    mov x1, x2
    br x16
