// The parts that C# cannot say, for x64 firmware: entry and exit, the write barriers, the interface call stub, and the
// doors of the exception machinery. Windows calling convention throughout. HEAP_BYTES and STACK_BYTES come from the
// build.
    .intel_syntax noprefix

#define FrameBytes (0x210)   // Exceptions/RegisterFile.cs: Ip, Sp, Integer[32] at 0x10, Vector[16] at 0x110
#define FrameRbx (0x10 + 8*3)
#define FrameRbp (0x10 + 8*5)
#define FrameRsi (0x10 + 8*6)
#define FrameRdi (0x10 + 8*7)
#define FrameR12 (0x10 + 8*12)
#define FrameR13 (0x10 + 8*13)
#define FrameR14 (0x10 + 8*14)
#define FrameR15 (0x10 + 8*15)
#define FrameXmm6 (0x110 + 16*6)

// Managed code lies between these two; the linker sorts the sections by what follows the dollar sign.
    .section .managedcode$A,"xr"
    .globl ManagedCodeStart
ManagedCodeStart:
    int3
    .section .managedcode$Z,"xr"
    .globl ManagedCodeEnd
ManagedCodeEnd:
    int3

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
    mov [\base + FrameRbx], rbx
    mov [\base + FrameRbp], rbp
    mov [\base + FrameRsi], rsi
    mov [\base + FrameRdi], rdi
    mov [\base + FrameR12], r12
    mov [\base + FrameR13], r13
    mov [\base + FrameR14], r14
    mov [\base + FrameR15], r15
    movups [\base + FrameXmm6], xmm6
    movups [\base + FrameXmm6 + 0x10], xmm7
    movups [\base + FrameXmm6 + 0x20], xmm8
    movups [\base + FrameXmm6 + 0x30], xmm9
    movups [\base + FrameXmm6 + 0x40], xmm10
    movups [\base + FrameXmm6 + 0x50], xmm11
    movups [\base + FrameXmm6 + 0x60], xmm12
    movups [\base + FrameXmm6 + 0x70], xmm13
    movups [\base + FrameXmm6 + 0x80], xmm14
    movups [\base + FrameXmm6 + 0x90], xmm15
    .endm

    .macro LoadNonvolatile base
    movups xmm6, [\base + FrameXmm6]
    movups xmm7, [\base + FrameXmm6 + 0x10]
    movups xmm8, [\base + FrameXmm6 + 0x20]
    movups xmm9, [\base + FrameXmm6 + 0x30]
    movups xmm10, [\base + FrameXmm6 + 0x40]
    movups xmm11, [\base + FrameXmm6 + 0x50]
    movups xmm12, [\base + FrameXmm6 + 0x60]
    movups xmm13, [\base + FrameXmm6 + 0x70]
    movups xmm14, [\base + FrameXmm6 + 0x80]
    movups xmm15, [\base + FrameXmm6 + 0x90]
    mov rbx, [\base + FrameRbx]
    mov rbp, [\base + FrameRbp]
    mov rsi, [\base + FrameRsi]
    mov rdi, [\base + FrameRdi]
    mov r12, [\base + FrameR12]
    mov r13, [\base + FrameR13]
    mov r14, [\base + FrameR14]
    mov r15, [\base + FrameR15]
    .endm

// EFI_STATUS EfiMain(image handle, system table)
    .globl EfiMain
EfiMain:
    sub rsp, FrameBytes + 0x38                  // 0x20 shadow, frame at 0x20, arguments above it
    lea rax, [rsp + 0x20]
    SaveNonvolatile rax
    mov [rsp + FrameBytes + 0x20], rcx
    mov [rsp + FrameBytes + 0x28], rdx
    mov [rip + FirmwareStack], rsp
    call RuntimePrepare                          // rax: top of our own stack, or 0
    test rax, rax
    jz 1f
    mov rcx, [rsp + FrameBytes + 0x20]
    mov rdx, [rsp + FrameBytes + 0x28]
    mov rsp, rax
    sub rsp, 0x20
    call RuntimeRun
    mov rcx, rax
    jmp ReturnToFirmware
1:  mov rcx, 0x8000000000000009                  // EFI_OUT_OF_RESOURCES

// void ReturnToFirmware(status): leaves the image from wherever it is
    .globl ReturnToFirmware
ReturnToFirmware:
    mov rsp, [rip + FirmwareStack]
    call RuntimeRelease                          // hands the status through
    lea r11, [rsp + 0x20]
    LoadNonvolatile r11
    add rsp, FrameBytes + 0x38
    ret

// void WithSpilledRegisters(delegate* unmanaged<nuint, void>): calls it with a stack pointer below which lies nothing
// that the caller still needs, every register it must keep being on the stack above.
    .globl WithSpilledRegisters
WithSpilledRegisters:
    push rbx
    push rbp
    push rsi
    push rdi
    push r12
    push r13
    push r14
    push r15
    mov rax, rcx
    mov rcx, rsp
    sub rsp, 0x28
    call rax
    add rsp, 0x28
    pop r15
    pop r14
    pop r13
    pop r12
    pop rdi
    pop rsi
    pop rbp
    pop rbx
    ret

// nuint StackPointer()
    .globl StackPointer
StackPointer:
    lea rax, [rsp + 8]
    ret

    .globl RhpStackProbe
RhpStackProbe:
    ret

    .globl RhpGcPoll, RhpPInvoke, RhpPInvokeReturn, RhpReversePInvoke, RhpReversePInvokeReturn
RhpGcPoll:
RhpPInvoke:
RhpPInvokeReturn:
RhpReversePInvoke:
RhpReversePInvokeReturn:
    ret

// Write barriers: nothing moves and nothing marks while we run, so they only store.
    .globl RhpAssignRef, RhpCheckedAssignRef, RhpByRefAssignRef
RhpAssignRef:
RhpCheckedAssignRef:
    mov [rcx], rdx
    ret
RhpByRefAssignRef:
    mov rcx, [rsi]
    mov [rdi], rcx
    add rdi, 8
    add rsi, 8
    ret

// Every interface call: r11 = cell, rcx = receiver. The table is Dispatch/InterfaceDispatch.cs's.
    .globl RhpInitialDynamicInterfaceDispatch
RhpInitialDynamicInterfaceDispatch:
    test rcx, rcx
    jz 1f
    mov rax, [rcx]
    mov r10d, r11d
    shr r10d, 4
    shr eax, 3
    add r10d, eax
    and r10d, 511
    shl r10d, 5
    lea rax, [rip + InterfaceDispatchCache]
    add r10, rax
    mov rax, [rcx]
    cmp [r10], r11
    jne 1f
    cmp [r10 + 8], rax
    jne 1f
    jmp [r10 + 16]
1:  sub rsp, 0x88
    mov [rsp + 0x60], rcx
    mov [rsp + 0x68], rdx
    mov [rsp + 0x70], r8
    mov [rsp + 0x78], r9
    movups [rsp + 0x20], xmm0
    movups [rsp + 0x30], xmm1
    movups [rsp + 0x40], xmm2
    movups [rsp + 0x50], xmm3
    mov rdx, r11
    call ResolveInterfaceCall
    movups xmm3, [rsp + 0x50]
    movups xmm2, [rsp + 0x40]
    movups xmm1, [rsp + 0x30]
    movups xmm0, [rsp + 0x20]
    mov r9, [rsp + 0x78]
    mov r8, [rsp + 0x70]
    mov rdx, [rsp + 0x68]
    mov rcx, [rsp + 0x60]
    add rsp, 0x88
    jmp rax

// throw: rcx = exception. rethrow: the exception of the running catch block.
    .macro EnterException target
    mov rax, [rsp]
    lea r8, [rsp + 8]
    sub rsp, FrameBytes + 0x28
    mov [rsp + 0x20], rax
    mov [rsp + 0x28], r8
    lea r9, [rsp + 0x20]
    SaveNonvolatile r9
    mov rdx, r9
    call \target
    int3
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
    sub rsp, 0x38
    mov rax, [r8 + 8]
    mov [rsp + 0x20], rax                        // the frame's stack pointer
    mov [rsp + 0x28], r9
    LoadNonvolatile r8
    call rdx
CatchReturn:
    mov rcx, [rsp + 0x28]
    mov [rip + CurrentDispatch], rcx
    mov rsp, [rsp + 0x20]
    jmp rax

// void CallFinally(handler, frame)
    .globl CallFinally, FinallyReturn
CallFinally:
    sub rsp, FrameBytes + 0x28
    lea r11, [rsp + 0x20]
    SaveNonvolatile r11
    LoadNonvolatile rdx
    call rcx
FinallyReturn:
    lea r11, [rsp + 0x20]
    LoadNonvolatile r11
    add rsp, FrameBytes + 0x28
    ret

// int CallFilter(exception, filter, frame, nuint* stub's stack pointer)
    .globl CallFilter, FilterReturn, FailFilter
CallFilter:
    sub rsp, FrameBytes + 0x28
    mov [r9], rsp
    lea r11, [rsp + 0x20]
    SaveNonvolatile r11
    LoadNonvolatile r8
    call rdx
FilterReturn:
    lea r11, [rsp + 0x20]
    LoadNonvolatile r11
    add rsp, FrameBytes + 0x28
    ret

// never FailFilter(stub's stack pointer): an exception left a filter, which counts as "no"
FailFilter:
    mov rsp, rcx
    xor eax, eax
    jmp FilterReturn

// What the application asks the CPU itself, by [DllImport("native")].

// ulong ReadCycleCounter()
    .globl ReadCycleCounter
ReadCycleCounter:
    lfence                              // not before what is being timed
    rdtsc
    shl rdx, 32
    or rax, rdx
    ret

// ulong ReadCounterFrequency(): 0, it has to be measured
    .globl ReadCounterFrequency
ReadCounterFrequency:
    xor eax, eax
    ret

// int ReadCpuIdentity(leaf, subleaf, uint* registers): CPUID into EAX, EBX, ECX, EDX; 1
    .globl ReadCpuIdentity
ReadCpuIdentity:
    mov r9, rbx                         // cpuid overwrites rbx
    mov eax, ecx
    mov ecx, edx
    cpuid
    mov [r8], eax
    mov [r8 + 4], ebx
    mov [r8 + 8], ecx
    mov [r8 + 12], edx
    mov rbx, r9
    mov eax, 1
    ret

// int ReadHardwareRandom(ulong*): 1, or 0 where there is no RDRAND or it fails ten times (Intel's own advice)
    .globl ReadHardwareRandom
ReadHardwareRandom:
    mov r8, rcx
    mov r9, rbx                         // cpuid overwrites rbx
    mov eax, 1
    xor ecx, ecx
    cpuid
    mov rbx, r9
    xor eax, eax
    bt ecx, 30
    jnc 2f
    mov ecx, 10
1:  rdrand rdx
    jc 3f
    dec ecx
    jnz 1b
2:  ret
3:  mov [r8], rdx
    inc eax
    ret

// nuint CallSystemV(function, first, second): what the caller's convention keeps and the function's does not is saved
    .globl CallSystemV
CallSystemV:
    push rdi
    push rsi
    sub rsp, 0xa8
    movups [rsp + 0x00], xmm6
    movups [rsp + 0x10], xmm7
    movups [rsp + 0x20], xmm8
    movups [rsp + 0x30], xmm9
    movups [rsp + 0x40], xmm10
    movups [rsp + 0x50], xmm11
    movups [rsp + 0x60], xmm12
    movups [rsp + 0x70], xmm13
    movups [rsp + 0x80], xmm14
    movups [rsp + 0x90], xmm15
    mov rax, rcx
    mov rdi, rdx
    mov rsi, r8
    call rax
    movups xmm6, [rsp + 0x00]
    movups xmm7, [rsp + 0x10]
    movups xmm8, [rsp + 0x20]
    movups xmm9, [rsp + 0x30]
    movups xmm10, [rsp + 0x40]
    movups xmm11, [rsp + 0x50]
    movups xmm12, [rsp + 0x60]
    movups xmm13, [rsp + 0x70]
    movups xmm14, [rsp + 0x80]
    movups xmm15, [rsp + 0x90]
    add rsp, 0xa8
    pop rsi
    pop rdi
    ret
