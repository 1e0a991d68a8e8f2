using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Bootlace.Harness;

/// <summary>The distribution's package archive, asked with package lists of our own: other architectures and a newer
/// suite can
/// be had without changing anything on the system, and without being root. Addresses come from the machine's own
/// configuration, signatures are checked with the distribution's keyring.</summary>
public sealed partial class AptArchive
{
    /// <summary>Debian suites whose successor has newer firmware worth testing.</summary>
    private static readonly Dictionary<string, string> Successors = new() { ["bookworm"] = "trixie" };

    private static readonly string[] SourceSuites = ["stable", "testing", "unstable"];

    /// <summary>What nobody has signed is not taken, whatever the machine's own configuration allows.</summary>
    private static readonly string[] Strictly =
    [
        "-o", "APT::Get::AllowUnauthenticated=false", "-o", "Acquire::AllowInsecureRepositories=false",
        "-o", "Acquire::AllowWeakRepositories=false", "-o", "Acquire::AllowDowngradeToInsecureRepositories=false",
    ];

    private readonly string _folder;
    private readonly string[] _sources;
    private readonly Action<string> _say;
    private bool _isFresh;

    private AptArchive(string name, string distribution, string[] sources, string[] architectures, Action<string> say)
    {
        Name = name;
        Distribution = distribution;
        Architectures = architectures;
        _folder = Path.Combine(Repository.Cache, "apt", name);
        _sources = sources;
        _say = say;
    }

    /// <summary>The suite's name, such as "bookworm".</summary>
    public string Name { get; }

    /// <summary>"Debian" or "Ubuntu".</summary>
    public string Distribution { get; }

    /// <summary>Architectures whose packages it has, by Debian's names: "amd64", "arm64".</summary>
    public string[] Architectures { get; }

    /// <summary>The archive that the machine itself uses.</summary>
    /// <exception cref="HarnessException">The machine does not use one of Debian or Ubuntu.</exception>
    public static AptArchive OfThisMachine(Action<string> say)
    {
        List<Target> targets = ReadTargets();
        string distribution = targets[0].Origin;
        Target main = targets.First(it => distribution == "Ubuntu" || !it.Suite.Contains('-'));
        if (distribution == "Debian")
            return new AptArchive(main.Codename, distribution, [.. targets.Select(Line)], ["amd64", "arm64"], say);

        // Ubuntu keeps arm64 on another server, which the machine's configuration does not name.
        string? ports = Environment.GetEnvironmentVariable("BOOTLACE_PORTS_URI");
        IEnumerable<string> lines = targets.Select(it => Line(it).Replace("arch=amd64,arm64", "arch=amd64"));
        if (ports is null)
            return new AptArchive(main.Codename, distribution, [.. lines], ["amd64"], say);
        IEnumerable<string> foreign = targets.Select(it => Line(it with { Uri = ports }).Replace("amd64,", ""));
        return new AptArchive(main.Codename, distribution, [.. lines, .. foreign], ["amd64", "arm64"], say);
    }

    /// <summary>The archive of the next suite, for its newer firmware; null when there is none worth it.</summary>
    public static AptArchive? OfNextSuite(Action<string> say)
    {
        Target? main = ReadTargets().FirstOrDefault(it => Successors.ContainsKey(it.Codename));
        if (main is null)
            return null;
        string suite = Successors[main.Codename];
        string line = Line(main with { Suite = suite, Component = "main" });
        return new AptArchive(suite, main.Origin, [line], ["amd64"], say);
    }

    /// <summary>The source packages of Debian's current suites, whichever of them the machine itself is.</summary>
    /// <exception cref="HarnessException">The machine is not a Debian.</exception>
    public static AptArchive OfSources(Action<string> say)
    {
        Target main = ReadTargets().FirstOrDefault(it => it.Origin == "Debian" && !it.Suite.Contains('-'))
            ?? throw new HarnessException("this is not a Debian system");
        IEnumerable<string> lines = SourceSuites.Select(suite => Line(main with { Suite = suite, Component = "main" }))
            .Select(line => line.Replace("deb [arch=amd64,arm64]", "deb-src")
                .Replace("deb [arch=amd64,arm64 ", "deb-src ["));
        return new AptArchive("sources", main.Origin, [.. lines], ["amd64"], say);
    }

    /// <summary>The versions there are of a source package.</summary>
    /// <param name="package">Its name.</param>
    /// <param name="isFresh">Whether the lists must have been read just now.</param>
    public IReadOnlyList<SourcePackage> FindSources(string package, bool isFresh)
    {
        Refresh(force: isFresh);
        ToolResult records = Tool.Capture(
            "apt-cache", ["showsrc", "--only-source", package], environment: OwnLists());
        return SourcePackage.ReadAll(package, records.Output);
    }

    /// <summary>Downloads the files of a source package into a folder.</summary>
    /// <returns>The path of the upstream archive among them.</returns>
    /// <exception cref="HarnessException">The archive does not have it any more, or cannot be reached.</exception>
    public string Download(SourcePackage source, string folder)
    {
        Directory.CreateDirectory(folder);
        _say($"Downloading the source of {source.Name} {source.Version}");
        Tool.Require(
            "apt-get", ["-q", .. Strictly, "source", "--download-only", $"{source.Name}={source.Version}"], folder,
            OwnLists());
        return Path.Combine(folder, source.Archive);
    }

    /// <summary>Downloads a package into a folder.</summary>
    /// <returns>The .deb file's path.</returns>
    /// <exception cref="HarnessException">The archive has no such package or cannot be reached.</exception>
    public string Download(string package, string architecture, string folder)
    {
        Refresh(force: false);
        Directory.CreateDirectory(folder);
        string name = architecture == "all" ? package : $"{package}:{architecture}";
        _say($"Downloading {name} of {Name}");
        ToolResult result = Tool.Capture("apt-get", ["-q", "download", name], folder, OwnLists());
        if (result.ExitCode != 0)
        {
            // The lists may be older than the archive: a package that is not there any more has a successor.
            Refresh(force: true);
            Tool.Require("apt-get", ["-q", "download", name], folder, OwnLists());
        }

        return Directory.GetFiles(folder, "*.deb").Single();
    }

    /// <summary>Whether the archive has a package.</summary>
    /// <exception cref="HarnessException">It cannot be reached.</exception>
    public bool Has(string package, string architecture)
    {
        Refresh(force: false);
        return Record(package, architecture).ExitCode == 0;
    }

    /// <summary>The versioned package that a metapackage stands for.</summary>
    /// <param name="package">The metapackage, such as linux-image-cloud-amd64.</param>
    /// <param name="architecture">Its architecture.</param>
    /// <param name="pattern">A regular expression that the wanted package's name matches.</param>
    public string Resolve(string package, string architecture, string pattern)
    {
        string depends = Depends(package, architecture);
        Match match = Regex.Match(depends, pattern);
        return match.Success
            ? match.Value
            : throw new HarnessException($"{package} of {Name} depends on no '{pattern}': {depends}");
    }

    /// <summary>What a package depends on, as its record says: "a (&gt;= 1), b | c"; empty for a virtual
    /// package.</summary>
    public string Depends(string package, string architecture)
    {
        Refresh(force: false);
        return DependsLine().Match(Record(package, architecture).Output).Groups[1].Value;
    }

    private ToolResult Record(string package, string architecture) => Tool.Capture(
        "apt-cache", ["show", "--no-all-versions", $"{package}:{architecture}"], environment: OwnLists());

    private void Refresh(bool force)
    {
        string lists = Path.Combine(_folder, "lists");
        if (!force && (_isFresh || Directory.Exists(lists) && IsFilled(lists)))
            return;

        WriteConfiguration();
        _say($"Reading the package lists of {Name} ({string.Join(", ", Architectures)})");
        Tool.Require("apt-get", ["-q", .. Strictly, "update"], environment: OwnLists());
        _isFresh = true;
    }

    private static bool IsFilled(string lists) =>
        Directory.GetFiles(lists, "*Packages*").Length + Directory.GetFiles(lists, "*Sources*").Length > 0;

    private void WriteConfiguration()
    {
        foreach (string name in new[] { "lists/partial", "archives/partial", "parts" })
            Directory.CreateDirectory(Path.Combine(_folder, name));
        File.WriteAllText(Path.Combine(_folder, "status"), "");
        File.WriteAllLines(Path.Combine(_folder, "sources.list"), _sources.Distinct());
        StringBuilder text = new();
        text.AppendLine($"""
            Dir::Etc::SourceList "{_folder}/sources.list";
            Dir::Etc::SourceParts "{_folder}/parts";
            Dir::Etc::Preferences "-";
            Dir::Etc::PreferencesParts "{_folder}/parts";
            Dir::State "{_folder}";
            Dir::State::Lists "{_folder}/lists";
            Dir::State::status "{_folder}/status";
            Dir::Cache "{_folder}";
            Dir::Cache::archives "{_folder}/archives";
            APT::Sandbox::User "root";
            APT::Get::List-Cleanup "false";
            Acquire::Languages "none";
            Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
            Acquire::IndexTargets::deb::CNF::DefaultEnabled "false";
            Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
            APT::Architectures {string.Concat("{ ", string.Join(' ', Architectures.Select(it => $"\"{it}\";")), " };")}
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            """);
        File.WriteAllText(Path.Combine(_folder, "apt.conf"), text.ToString());
    }

    private Dictionary<string, string> OwnLists() => new()
    {
        ["APT_CONFIG"] = Path.Combine(_folder, "apt.conf"),
        ["LC_ALL"] = "C",
    };

    private static List<Target> ReadTargets()
    {
        const string Format = "$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(CODENAME)|$(COMPONENT)|$(CREATED_BY)";
        List<Target> targets = [];
        foreach (string line in Tool.Require("apt-get", ["indextargets", "--format", Format]).Split('\n'))
        {
            string[] parts = line.Split('|');
            if (parts.Length == 6 && parts[0] is "Debian" or "Ubuntu" && parts[4] is "main" or "universe"
                && parts[5] == "Packages")
                targets.Add(new Target(parts[0], parts[1], parts[2], parts[3], parts[4]));
        }

        return targets.Count > 0
            ? targets
            : throw new HarnessException(
                "The test payloads are Debian or Ubuntu packages, and apt-get shows no package lists of either here. "
                + "If this is such a system, run 'apt-get update' once.");
    }

    private static string Line(Target target)
    {
        string keyring = $"/usr/share/keyrings/{target.Origin.ToLowerInvariant()}-archive-keyring.gpg";
        string signed = File.Exists(keyring) ? $" signed-by={keyring}" : "";
        return $"deb [arch=amd64,arm64{signed}] {target.Uri} {target.Suite} {target.Component}";
    }

    [GeneratedRegex(@"^Depends: (.*)$", RegexOptions.Multiline)]
    private static partial Regex DependsLine();

    private sealed record Target(string Origin, string Uri, string Suite, string Codename, string Component);
}
