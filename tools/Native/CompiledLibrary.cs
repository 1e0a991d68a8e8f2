using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Native;

/// <summary>The library of one target: a file is compiled when its text, the headers, the flags or the compiler are not
/// those it was last compiled with.</summary>
internal sealed class CompiledLibrary
{
    private const string Manifest = "objects.txt";

    // Its run-time search for the processor's abilities is written for Linux; shim.c answers it.
    private static readonly string[] AsksForAbilities = ["aesce", "aes", "gcm", "sha256", "sha512", "block_cipher"];

    // These read certificates by shim.c's function, which lets every extension pass.
    private static readonly string[] ReadsCertificates = ["ssl_tls", "ssl_tls13_generic"];

    private static readonly string[] Flags =
    [
        "-std=c11", "-ffreestanding", "-fno-builtin", "-nostdlibinc", "-Os", "-fno-stack-protector",
        "-ffunction-sections", "-fdata-sections", "-fno-asynchronous-unwind-tables", "-fno-unwind-tables",
        "-fno-ident", "-DMBEDTLS_CONFIG_FILE=\"bootlace_config.h\"", "-Wall", "-Wextra", "-Werror",
    ];

    private readonly CTarget _target;
    private readonly MbedTls _source;
    private readonly string _folder;
    private readonly string _ours = Path.Combine(Repository.Root, "src", "Crypto", "native");
    private readonly string _compiler = Program("clang");

    public CompiledLibrary(CTarget target, MbedTls source)
    {
        _target = target;
        _source = source;
        _folder = Directory.CreateDirectory(Path.Combine(NativeBuild.Folder, target.Name)).FullName;
    }

    private string Result => Path.Combine(_folder,
        !_target.IsShared ? "native.lib" : OperatingSystem.IsWindows() ? "native.dll" : "libnative.so");

    /// <summary>Makes it.</summary>
    /// <returns>How many files had to be compiled.</returns>
    public int Make()
    {
        List<string> files = [.. _source.Files, .. OurFiles()];
        string common = CommonKey();
        Dictionary<string, string> keys = files.ToDictionary(Name, file => Key(common, file));
        string manifest = Path.Combine(_folder, Manifest);
        Dictionary<string, string> made = File.Exists(manifest)
            ? File.ReadLines(manifest).Select(line => line.Split(' ')).ToDictionary(it => it[0], it => it[1]) : [];
        string[] stale = [.. files.Where(file => !made.TryGetValue(Name(file), out string? key)
            || key != keys[Name(file)] || !File.Exists(Object(file)))];
        bool isSame = stale.Length == 0 && made.Count == keys.Count && File.Exists(Result);
        if (isSame)
            return 0;

        File.Delete(manifest);
        Compile(stale);
        Link(files);
        File.WriteAllLines(manifest, keys.Select(it => $"{it.Key} {it.Value}"));
        return stale.Length;
    }

    private IEnumerable<string> Includes => [_ours, Path.Combine(_ours, "include"), .. _source.Includes];

    /// <summary>The name of an LLVM program: with its version where a distribution calls it so.</summary>
    private static string Program(string name) => ProgramPath.Find(name + "-19") is not null ? name + "-19" : name;

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    private string Object(string file) => Path.Combine(_folder, Name(file) + ".obj");

    // In the firmware runtime/ has the functions of blocks.c.
    private IEnumerable<string> OurFiles() => Directory.GetFiles(_ours, "*.c")
        .Where(file => _target.IsShared || Name(file) != "blocks")
        .Order(StringComparer.Ordinal);

    private string[] FlagsOf(string file) =>
    [
        .. _target.Flags, .. Flags,
        .. _target.Machine == "arm64" && AsksForAbilities.Contains(Name(file))
            ? new[] { "-D__linux__", "-D__unix__" } : [],
        .. ReadsCertificates.Contains(Name(file))
            ? new[] { "-Dmbedtls_x509_crt_parse_der=bootlace_read_certificate" } : [],
    ];

    private void Compile(string[] files)
    {
        ConcurrentQueue<string> faults = new();
        ParallelOptions all = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(files, all, file =>
        {
            // A relative name, so that no object can hold where it was made.
            string folder = Path.GetDirectoryName(file)!;
            ToolResult result = Tool.Capture(_compiler,
            [
                .. FlagsOf(file), .. Includes.Select(it => "-I" + it),
                "-c", Path.GetFileName(file), "-o", Object(file),
            ], folder);
            if (result.ExitCode != 0)
                faults.Enqueue(result.Tail(20));
        });
        if (faults.TryDequeue(out string? fault))
            throw new HarnessException($"The C library does not compile for {_target.Name}: {fault}");
    }

    private void Link(List<string> files)
    {
        string[] objects = [.. files.Select(file => Name(file) + ".obj").Order(StringComparer.Ordinal)];
        File.Delete(Result);
        if (!_target.IsShared)
            Tool.Require(Program("llvm-lib"), ["/nologo", "/out:" + Result, .. objects], _folder);
        else if (OperatingSystem.IsWindows())
            Tool.Require(Program("lld-link"),
            [
                "/nologo", "/lldmingw", "/dll", "/noentry", "-export-all-symbols", "/machine:" + _target.Machine,
                "/out:" + Result, .. objects,
            ], _folder);
        else
            Tool.Require(_compiler,
                ["-shared", "-nostdlib", "-fuse-ld=lld", "-Wl,--no-undefined", "-o", Result, .. objects], _folder);
    }

    private string CommonKey()
    {
        StringBuilder text = new();
        text.AppendLine(_source.Digest).AppendLine(Tool.Require(_compiler, ["--version"]));
        string[] headers = Directory.GetFiles(_ours, "*.h", SearchOption.AllDirectories);
        foreach (string header in headers.Order(StringComparer.Ordinal))
            text.AppendLine(Path.GetFileName(header)).AppendLine(Hash(File.ReadAllBytes(header)));
        return text.ToString();
    }

    private string Key(string common, string file)
    {
        string own = _source.Files.Contains(file) ? "" : Hash(File.ReadAllBytes(file));
        return Hash(Encoding.UTF8.GetBytes($"{common}\n{string.Join(' ', FlagsOf(file))}\n{Name(file)}\n{own}"));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
