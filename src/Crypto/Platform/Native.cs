using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

/// <summary>The C functions, as they are: one file for each part of the library. In the firmware they are linked in, on
/// the host they are in the library beside the program.</summary>
internal static unsafe partial class Native
{
    private const string Library = "native";

    // --- native/shim.c ---
    [DllImport(Library, EntryPoint = "bootlace_attach")]
    public static extern void Attach(CLibrary.Hooks* hooks);

    [DllImport(Library, EntryPoint = "bootlace_size")]
    public static extern nuint SizeOf(Structure structure);

    // --- psa/crypto.h ---
    [DllImport(Library, EntryPoint = "psa_crypto_init")]
    public static extern int PsaInitialize();

    [DllImport(Library, EntryPoint = "psa_generate_random")]
    public static extern int PsaRandom(byte* target, nuint length);
}
