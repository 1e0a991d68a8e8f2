using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Bootlace.Harness;

namespace Bootlace.Native;

/// <summary>Makes artifacts/native/TARGET/ from mbedTLS and src/Crypto/native: native.lib for the firmware, a shared
/// library for the tests on the host. What did not change is not compiled again.</summary>
public static class NativeBuild
{
    private const int LockTriesMax = 3000, LockPauseMilliseconds = 200;

    /// <summary>Everything that is made.</summary>
    public static string Folder => Path.Combine(Repository.Artifacts, "native");

    /// <summary>Makes the libraries of the targets.</summary>
    /// <param name="targets">Which.</param>
    /// <param name="say">Is told what takes time.</param>
    /// <exception cref="HarnessException">There is no source, or it does not compile.</exception>
    public static void Run(IEnumerable<CTarget> targets, Action<string> say)
    {
        Directory.CreateDirectory(Folder);
        using FileStream alone = Lock();
        MbedTls source = MbedTls.Get(Path.Combine(Folder, "source"), say);
        foreach (CTarget target in targets)
        {
            Stopwatch watch = Stopwatch.StartNew();
            int count = new CompiledLibrary(target, source).Make();
            if (count > 0)
                say($"{source.Name} for {target.Name}: {count} files compiled, {watch.Elapsed.TotalSeconds:0.0} s");
        }
    }

    /// <summary>Several projects of one build may ask at once.</summary>
    private static FileStream Lock()
    {
        string path = Path.Combine(Folder, "lock");
        for (int tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < LockTriesMax)
            {
                Thread.Sleep(LockPauseMilliseconds);
            }
        }
    }
}
