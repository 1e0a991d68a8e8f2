using System;
using System.Diagnostics;
using System.IO;

namespace Bootlace.Tests.Support;

/// <summary>The openssl command, as users call it, on files in a folder of its own.</summary>
public sealed class OpenSsl : IDisposable
{
    /// <summary>Where its files are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("bootlace-openssl-").FullName;

    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), bytes);
        return name;
    }

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>Runs it; the arguments are separated by blanks.</summary>
    public void Run(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            WorkingDirectory = Folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("openssl does not start");
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"openssl {arguments}: {errors}");
    }

    /// <summary>The signature of a file by <c>openssl cms -sign</c>, or by the older <c>smime</c>, with more options.
    /// </summary>
    public byte[] Sign(byte[] file, TestIdentity signer, string options = "-outform DER", string command = "cms")
    {
        Write("file", file);
        Write("signer.crt", signer.Pem);
        Write("signer.key", signer.KeyPem);
        Run($"{command} -sign -binary -in file -signer signer.crt -inkey signer.key -out file.sig {options}");
        return Read("file.sig");
    }

    /// <summary>A file encrypted for some by <c>openssl cms -encrypt</c>, with more options for each of them and for
    /// the message, as openssl leaves it.</summary>
    public byte[] Encrypt(byte[] file, string options, params TestIdentity[] recipients) =>
        Encrypt(file, options, "", recipients);

    /// <summary>As above, with options that go with each recipient.</summary>
    public byte[] Encrypt(byte[] file, string options, string each, params TestIdentity[] recipients)
    {
        Write("file", file);
        string all = "";
        for (int i = 0; i < recipients.Length; i++)
            all += $" -recip {Write($"recipient{i}.crt", recipients[i].Pem)} {each}";
        Run($"cms -encrypt -binary -in file -out file.cms {options}{all}");
        return Read("file.cms");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
