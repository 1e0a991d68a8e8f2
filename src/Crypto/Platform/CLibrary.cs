using System;
using System.Runtime.InteropServices;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>The door to mbedTLS. Whoever wraps one of its objects calls <see cref="Use"/> first; until then a boot pays
/// nothing for it.</summary>
public static unsafe class CLibrary
{
    private const int Failed = -1;

    private static CryptoPlatform? s_platform;
    private static bool s_isAttached, s_hasPsa;

    /// <summary>Whether C was refused memory since this was last set to false: not every status it gives then says so.
    /// </summary>
    internal static bool HasRunOut { get; set; }

    /// <summary>Says what the library runs on; before anything here is used.</summary>
    public static void Provide(CryptoPlatform platform) => s_platform = platform;

    /// <summary>Before hashing, reading certificates, checking signatures.</summary>
    internal static void Use()
    {
        if (s_isAttached) return;
        Check.That(s_platform is not null);
        var hooks = new Hooks
        {
            Calloc = &Calloc, Free = &Free, Random = &Random, Time = &Time, Milliseconds = &Milliseconds,
            Calendar = &Calendar,
        };
        Native.Attach(&hooks);
        s_isAttached = true;
    }

    /// <summary>Before TLS and random numbers: seeds the library's generator, once.</summary>
    internal static void UsePsa()
    {
        Use();
        if (s_hasPsa) return;
        const int PsaInsufficientEntropy = -148;
        int status = Native.PsaInitialize();
        if (status == PsaInsufficientEntropy) throw new BootFailure(CryptoFailure.NoEntropy);
        if (status != 0) throw CryptoFailure.Of("the generator of random numbers cannot be started", status);
        s_hasPsa = true;
    }

    /// <summary>Takes zeroed memory for a C structure.</summary>
    /// <exception cref="BootFailure">There is no more.</exception>
    internal static nint Allocate(nuint countBytes)
    {
        Use();
        nint block = s_platform!.Memory.TryAllocate(countBytes);
        return block != 0 ? block : throw new BootFailure(CryptoFailure.OutOfMemory);
    }

    /// <summary>Gives it back.</summary>
    internal static void Release(nint block) => s_platform!.Memory.Free(block);

    [UnmanagedCallersOnly]
    private static void* Calloc(nuint count, nuint size)
    {
        try
        {
            nuint countBytes = count * size;
            bool isTooMuch = count != 0 && countBytes / count != size;
            void* block = isTooMuch ? null : (void*)s_platform!.Memory.TryAllocate(countBytes);
            HasRunOut |= block == null;
            return block;
        }
        catch
        {
            return null;
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(void* block) => s_platform!.Memory.Free((nint)block);

    [UnmanagedCallersOnly]
    private static int Random(byte* target, nuint length)
    {
        try
        {
            s_platform!.Entropy.Fill(new Span<byte>(target, checked((int)length)));
            return 0;
        }
        catch
        {
            return Failed;
        }
    }

    [UnmanagedCallersOnly]
    private static long Time()
    {
        try
        {
            return s_platform!.UnixTime();
        }
        catch
        {
            return 0;   // every certificate is then not yet valid
        }
    }

    [UnmanagedCallersOnly]
    private static long Milliseconds()
    {
        try
        {
            return s_platform!.Clock.Now.Microseconds / 1000;
        }
        catch
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly]
    private static void Calendar(long seconds, int* fields) => CalendarDate.OfUnixTime(seconds).WriteTo(new(fields, 6));

    // struct bootlace_hooks of native/shim.h
    [StructLayout(LayoutKind.Sequential)]
    internal struct Hooks
    {
        public delegate* unmanaged<nuint, nuint, void*> Calloc;
        public delegate* unmanaged<void*, void> Free;
        public delegate* unmanaged<byte*, nuint, int> Random;
        public delegate* unmanaged<long> Time;
        public delegate* unmanaged<long> Milliseconds;
        public delegate* unmanaged<long, int*, void> Calendar;
    }
}
