using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Stub;

namespace Bootlace.Build;

/// <summary>HTTPS beside iPXE: the same firmware, card, server and certificates (RSA, for iPXE has no ECDSA). Measured
/// from outside, by what the guest says before and after.</summary>
public sealed partial class HttpsBenchmark : IAsyncDisposable
{
    private const string Name = "bench-https", Failed = "BENCH failed";
    private const int FileBytes = 64 << 20, Rounds = 3;

    // A handshake is short, so several are measured at once; each is with a server of its own, to be a whole one.
    private const int Servers = 8;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    // .NET prefers AES-256 whatever the client prefers; most servers follow the client. This order suits everybody:
    // iPXE has no ChaCha20, and we prefer it where AES has no help from the processor.
    private static readonly TlsCipherSuite[]
        s_chaCha =
        [
            TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ],
        s_aes = [TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256];

    private static readonly string[] s_parts = ["plain", "whole", "again", "file"];

    private readonly TestIdentity _root = TestIdentity.Make("Bench Root", key: "rsa2048", isAuthority: true);
    private readonly Dictionary<SslProtocols, List<TlsPort>> _ports = [];
    private readonly Dictionary<(SslProtocols Version, bool HasChaCha), TlsPort> _filePorts = [];
    private readonly BootBed _bed;
    private readonly string _trust = Path.Combine(Repository.Logs, Name + ".siglist");

    private HttpsBenchmark(BootBed bed) => _bed = bed;

    /// <summary>Measures and prints.</summary>
    /// <param name="earlier">An earlier loader's image for OVMF, measured too; null: none.</param>
    public static async Task RunAsync(string? earlier)
    {
        Firmware firmware = Firmware.ByName("ovmf");
        await using HttpsBenchmark bench = new(await BootBed.CreateAsync(Name, firmware));
        await bench.PrepareAsync();
        string ours = bench.Trust("ours", LoaderImage.For(firmware.Architecture));
        HttpsContestant rival = new("iPXE by TLS 1.2", null, SslProtocols.Tls12);
        List<HttpsContestant> contestants =
        [
            new("ours by TLS 1.3", ours, SslProtocols.Tls13), new("ours by TLS 1.2", ours, SslProtocols.Tls12),
            new("ours by TLS 1.2 with AES", ours, SslProtocols.Tls12, HasChaCha: false), rival,
        ];
        if (earlier is not null)
            contestants.Add(new("earlier by TLS 1.3", bench.Trust("earlier", earlier), SslProtocols.Tls13));
        foreach (HttpsContestant one in contestants.Take(2))
            await bench.PrintMemoryAsync(one);
        Turns<HttpsContestant> turns = new(contestants, it => it.Name);
        await turns.RunAsync(Rounds, bench.MeasureAsync);
        foreach (HttpsContestant one in turns.Present)
        {
            double plain = turns.Median(one, 0), whole = turns.Median(one, 1), again = turns.Median(one, 2);
            Console.WriteLine(
                $"{firmware.Name,-14} {one.Name}: 64 MiB {turns.Median(one, 3),6:0.00} MB/s ({turns.All(one, 3)}); "
                + $"handshake {whole - plain:0.0} ms, session that goes on {again - plain:0.0} ms "
                + $"(small files: HTTP {plain:0.0}, HTTPS {whole:0.0}, again {again:0.0} ms)");
        }

        if (turns.Present.Contains(rival))
            foreach (HttpsContestant one in turns.Present.Where(it => it != rival))
                Console.WriteLine(
                    $"{firmware.Name,-14} {one.Name}: {turns.Median(one, 3) / turns.Median(rival, 3):0.00} times iPXE");
    }

    /// <summary>What the C library needs for a connection: eight that wait for a next request, less one.</summary>
    private async Task PrintMemoryAsync(HttpsContestant ours)
    {
        string[] kept = [.. _ports[ours.Version].Select(it => Fetch(it.GuestUrl("/kept")))];
        _bed.Script = $$"""
            #!ipxe
            {{kept[0]}}
            echo BENCH one ${loader/crypto}
            {{string.Concat(kept[1..])}}
            echo BENCH all ${loader/crypto}
            echo BENCH heap ${loader/heap}
            exit
            :failed
            echo {{Failed}}
            exit

            """;
        await using VirtualMachine machine = VirtualMachine.Start(Machine(ours));
        (string said, _) = await machine.ExpectAsync(s_limit, "BENCH heap", Failed);
        MatchCollection used = Memory().Matches(machine.Serial.Text);
        if (said == Failed || used.Count != 2)
            throw new HarnessException($"No memory was told of.\n{machine.Serial.Describe()}");
        int one = int.Parse(used[0].Groups[1].Value), all = int.Parse(used[1].Groups[1].Value);
        Console.WriteLine(
            $"{_bed.Setup.Firmware.Name,-14} {ours.Name}: C library, one connection {one} KiB, {Servers} of them "
            + $"{all} KiB, each {(all - one) / (Servers - 1.0):0.0} KiB; at most {used[1].Groups[2].Value} KiB");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    private async Task PrepareAsync()
    {
        byte[] content = new byte[FileBytes];
        new Random(1).NextBytes(content);
        _bed.Server["/file"] = ServedFile.FromBytes(content);
        _bed.Server["/kept"] = ServedFile.FromText("x");
        _bed.Server["/small"] = ServedFile.FromText("x") with { IsLast = true };
        TestIdentity server = TestIdentity.MakeServer(_root, [MachineNetwork.User.HostAddress], "rsa2048");
        foreach (SslProtocols version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            foreach (bool hasChaCha in new[] { false, true })
                _filePorts[(version, hasChaCha)] = await _bed.Server.OpenTlsAsync(new TlsSetup(server)
                {
                    Versions = version, Suites = hasChaCha ? [.. s_chaCha, .. s_aes] : s_aes,
                });
            _ports[version] = [];
            for (int i = 0; i < Servers; i++)
                _ports[version].Add(await _bed.Server.OpenTlsAsync(new TlsSetup(server) { Versions = version }));
        }

        await File.WriteAllBytesAsync(_trust, SignatureList.Of(_root));
    }

    /// <summary>A loader that trusts our servers.</summary>
    private string Trust(string name, string loader)
    {
        string path = Path.Combine(Repository.Logs, $"{Name}-{name}.efi");
        File.WriteAllBytes(path, PeFile.WithSection(File.ReadAllBytes(loader), RootBundle.Section, _root.Der));
        return path;
    }

    /// <summary>Milliseconds for a small file by HTTP, by HTTPS, and by HTTPS once more; MB/s for the large
    /// one.</summary>
    private async Task<IReadOnlyList<double>> MeasureAsync(HttpsContestant contestant)
    {
        List<TlsPort> ports = _ports[contestant.Version];
        TlsPort filePort = _filePorts[(contestant.Version, contestant.HasChaCha)];
        _bed.Script = Script(ports, filePort);
        int before = ports.Sum(it => it.Handshakes.Count);
        await using VirtualMachine machine = VirtualMachine.Start(Machine(contestant));
        List<double> seconds = [];
        foreach (string part in s_parts)
        {
            (_, TimeSpan begin) = await machine.ExpectAsync(s_limit, $"BENCH begins {part}");
            (string said, TimeSpan end) = await machine.ExpectAsync(s_limit, $"BENCH ends {part}", Failed);
            if (said == Failed)
                throw new HarnessException($"Something was not fetched.\n{machine.Serial.Describe()}");
            seconds.Add((end - begin).TotalSeconds);
        }

        await machine.ExpectAsync(s_limit, "BENCH done");
        int handshakes = ports.Sum(it => it.Handshakes.Count) - before;
        double speed = FileBytes / seconds[3] / 1e6;
        Console.WriteLine($"{contestant.Name}: {speed:0.00} MB/s, {filePort.Handshakes[^1].Suite}");
        return handshakes == 2 * Servers
            ? [.. seconds.Take(3).Select(it => it * 1e3 / Servers), speed]
            : throw new HarnessException($"{contestant.Name}: {handshakes} handshakes.");
    }

    private string Script(List<TlsPort> ports, TlsPort filePort)
    {
        StringBuilder text = new("#!ipxe\n");
        string[] small = [.. ports.Select(it => Fetch(it.GuestUrl("/small")))];
        string plain = Fetch(_bed.Server.GuestUrl("/small"));
        text.Append(plain);   // whatever only the first time needs
        string[] parts =
        [
            string.Concat(Enumerable.Repeat(plain, Servers)), string.Concat(small), string.Concat(small),
            Fetch(filePort.GuestUrl("/file")),
        ];
        for (int i = 0; i < parts.Length; i++)
            text.Append($"echo BENCH begins {s_parts[i]}\n{parts[i]}echo BENCH ends {s_parts[i]}\n");
        return text.Append($"echo BENCH done\nexit\n:failed\necho {Failed}\nexit\n").ToString();
    }

    private static string Fetch(string url) => $"imgfetch --name it {url} || goto failed\nimgfree it\n";

    private MachineSetup Machine(HttpsContestant contestant)
    {
        string script = _bed.Server.GuestUrl("/boot.ipxe");
        string name = $"{Name}-{contestant.Name.Replace(' ', '-')}";
        Firmware firmware = _bed.Setup.Firmware;
        if (contestant.Loader is not null)
            return _bed.Setup with
            {
                Name = name, Start = new MachineStart.Program(contestant.Loader, $"dhcp && chain {script}"),
            };
        return Ipxe.Machine(name, firmware, script) with
        {
            FirmwareFiles = new Dictionary<string, string> { [SignatureList.TlsRoots] = _trust },
        };
    }

    [GeneratedRegex(@"BENCH (?:one|all) (\d+) KiB, peak (\d+) KiB")]
    private static partial Regex Memory();
}
