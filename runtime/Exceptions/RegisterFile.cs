namespace Internal.Runtime;

/// <summary>The registers of one frame as they are at its call: where it goes on, its stack pointer, and those that a
/// callee must keep. Integer registers by their numbers; of the vectors 16 bytes each. The stubs in Assembly/ know the
/// layout.
/// </summary>
internal unsafe struct RegisterFile
{
    public nuint Ip;
    public nuint Sp;
    public fixed ulong Integer[32];
    public fixed ulong Vector[32];
}
