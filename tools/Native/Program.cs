using System;
using System.IO;
using System.Threading;
using Bootlace.Harness;

namespace Bootlace.Native;

/// <summary>`Bootlace.Native firmware|host`: what the builds call to have the C library made.</summary>
public static class Program
{
    /// <summary>Makes the libraries for the firmware's architectures, or the one for this machine.</summary>
    /// <returns>0, or 1 with the reason printed.</returns>
    public static int Main(string[] args)
    {
        if (args is not ["firmware" or "host"])
        {
            Console.Error.WriteLine("Usage: Bootlace.Native firmware|host");
            return 1;
        }

        try
        {
            NativeBuild.Run(args[0] == "host" ? [CTarget.Host] : [CTarget.X64, CTarget.Arm64], Console.WriteLine);
            return 0;
        }
        catch (HarnessException failure)
        {
            // MSBuild makes a build error of it.
            Console.Error.WriteLine($"Native : error : {failure.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
    }
}
