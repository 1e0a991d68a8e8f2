namespace Bootlace.Boot;

/// <summary>What CPUID leaves in the registers.</summary>
public readonly record struct CpuidRegisters(uint Eax, uint Ebx, uint Ecx, uint Edx)
{
    /// <summary>By number: EAX, EBX, ECX, EDX.</summary>
    public uint this[int index] => index switch
    {
        0 => Eax,
        1 => Ebx,
        2 => Ecx,
        _ => Edx,
    };
}
