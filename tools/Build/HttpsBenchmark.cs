using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Stub;

namespace Bootlace.Build;

/// <summary>HTTPS beside iPXE: the same firmware, card, server and certificates (RSA, for iPXE has no ECDSA). Measured
/// from outside, by what the guest says before and after.</summary>
public sealed class HttpsBenchmark : IAsyncDisposable
{
    private const string Name = "bench-https", Failed = "BENCH failed";
    private const int FileBytes = 64 << 20, Rounds = 5;

    // A handshake is short, so several are measured at once; each is with a server of its own, to be a whole one.
    private const int Servers = 8;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private static readonly HttpsContestant[] s_contestants =
    [
        new("ours by TLS 1.3", false, SslProtocols.Tls13), new("ours by TLS 1.2", false, SslProtocols.Tls12),
        new("iPXE by TLS 1.2", true, SslProtocols.Tls12),
    ];

    private static readonly string[] s_parts = ["plain", "whole", "again", "file"];

    private readonly TestIdentity _root = TestIdentity.Make("Bench Root", key: "rsa2048", isAuthority: true);
    private readonly Dictionary<SslProtocols, List<TlsPort>> _ports = [];
    private readonly BootBed _bed;
    private readonly string _loader, _trust;

    private HttpsBenchmark(BootBed bed)
    {
        _bed = bed;
        _loader = Path.Combine(Repository.Logs, Name + ".efi");
        _trust = Path.Combine(Repository.Logs, Name + ".siglist");
    }

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        Firmware firmware = Firmware.ByName("ovmf");
        await using HttpsBenchmark bench = new(await BootBed.CreateAsync(Name, firmware));
        await bench.PrepareAsync();
        Turns<HttpsContestant> turns = new(s_contestants, it => it.Name);
        await turns.RunAsync(Rounds, bench.MeasureAsync);
        foreach (HttpsContestant one in turns.Present)
        {
            double plain = turns.Median(one, 0), whole = turns.Median(one, 1), again = turns.Median(one, 2);
            Console.WriteLine(
                $"{firmware.Name,-14} {one.Name}: 64 MiB {turns.Median(one, 3),6:0.00} MB/s ({turns.All(one, 3)}); "
                + $"handshake {whole - plain:0.0} ms, session that goes on {again - plain:0.0} ms "
                + $"(small files: HTTP {plain:0.0}, HTTPS {whole:0.0}, again {again:0.0} ms)");
        }

        HttpsContestant rival = s_contestants[^1];
        if (turns.Present.Contains(rival))
            foreach (HttpsContestant one in s_contestants.Where(it => !it.IsRival))
                Console.WriteLine(
                    $"{firmware.Name,-14} {one.Name}: {turns.Median(one, 3) / turns.Median(rival, 3):0.00} times iPXE");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    private async Task PrepareAsync()
    {
        byte[] content = new byte[FileBytes];
        new Random(1).NextBytes(content);
        _bed.Server["/file"] = ServedFile.FromBytes(content);
        _bed.Server["/small"] = ServedFile.FromText("x") with { IsLast = true };
        TestIdentity server = TestIdentity.MakeServer(_root, [MachineNetwork.User.HostAddress], "rsa2048");
        foreach (SslProtocols version in s_contestants.Select(it => it.Version).Distinct())
        {
            _ports[version] = [];
            for (int i = 0; i < Servers; i++)
                _ports[version].Add(await _bed.Server.OpenTlsAsync(new TlsSetup(server) { Versions = version }));
        }

        byte[] built = await File.ReadAllBytesAsync(LoaderImage.For(_bed.Setup.Firmware.Architecture));
        await File.WriteAllBytesAsync(_loader, PeFile.WithSection(built, RootBundle.Section, _root.Der));
        await File.WriteAllBytesAsync(_trust, SignatureList.Of(_root));
    }

    /// <summary>Milliseconds for a small file by HTTP, by HTTPS, and by HTTPS once more; MB/s for the large one.</summary>
    private async Task<IReadOnlyList<double>> MeasureAsync(HttpsContestant contestant)
    {
        List<TlsPort> ports = _ports[contestant.Version];
        _bed.Script = Script(ports);
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
        return handshakes == 2 * Servers + 1
            ? [.. seconds.Take(3).Select(it => it * 1e3 / Servers), FileBytes / seconds[3] / 1e6]
            : throw new HarnessException($"{contestant.Name}: {handshakes} handshakes.");
    }

    private string Script(List<TlsPort> ports)
    {
        StringBuilder text = new("#!ipxe\n");
        string[] small = [.. ports.Select(it => Fetch(it.GuestUrl("/small")))];
        string plain = Fetch(_bed.Server.GuestUrl("/small"));
        text.Append(plain);   // whatever only the first time needs
        string[] parts =
        [
            string.Concat(Enumerable.Repeat(plain, Servers)), string.Concat(small), string.Concat(small),
            Fetch(ports[0].GuestUrl("/file")),
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
        if (!contestant.IsRival)
            return _bed.Setup with
            {
                Name = name, Start = new MachineStart.Program(_loader, $"dhcp && chain {script}"),
            };
        return Ipxe.Machine(name, firmware, script) with
        {
            FirmwareFiles = new Dictionary<string, string> { [SignatureList.TlsRoots] = _trust },
        };
    }
}
