using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Tests.Script;

/// <summary>Everything a script can touch, faked: what it prints is kept, waits take no time, keys come from a
/// list.</summary>
public sealed class ScriptWorld : ITerminal, IDisplay, IScriptClock, IImages, INetwork, INetworkBoot, IMachine,
    IPendingWork, ISan, IImageTrust, IImageDecryption, ICertificates, ITimeServers, ITlsConnections, IBuses
{
    private readonly List<Interruption> _interruptible = [];
    private readonly List<FakeImage> _images = [];
    private readonly List<FakeInterface> _interfaces = [];

    public ScriptWorld(bool isX86 = true)
    {
        HasCpuid = isX86;
        Settings = new SettingsStore();
        Interpreter = new Interpreter(StandardCommands.Create(MakeHost()), Settings, this, this);
        var builtin = new ComputedBlock("builtin", DeclaredSettings.Builtin);
        builtin.Add("errno", () => SettingTypes.Uint32.FromNumber(Interpreter.ErrorNumber));
        builtin.Add("version", () => "9.9"u8.ToArray());
        Settings.Register(builtin, Settings.Root);
        Settings.Register(new AliasBlock("netX", () => Settings.Root.FindChild("net0")), Settings.Root);
        Settings.Register(new PlainBlock("net0"), Settings.Root);
    }

    private ScriptHost MakeHost() => new()
    {
        Settings = Settings,
        Terminal = this,
        Display = this,
        Clock = this,
        Images = this,
        Parameters = Parameters,
        Network = this,
        NetworkBoot = this,
        Machine = this,
        Pending = this,
        Buses = this,
        San = this,
        Trust = this,
        Decryption = this,
        Certificates = this,
        TimeServers = this,
        Tls = this,
    };

    public SettingsStore Settings { get; }
    public Interpreter Interpreter { get; }
    public ParameterShelf Parameters { get; } = new();
    public StringBuilder Printed { get; } = new();
    public Queue<int> Keys { get; } = new();
    public Queue<string> TypedLines { get; } = new();
    public List<LineRequest> LineRequests { get; } = [];
    public List<string> Deeds { get; } = [];
    public Dictionary<string, string> Files { get; } = [];
    public long WaitedMs { get; private set; }
    public int InterruptAfterTurns { get; set; } = -1;

    public string Output => Printed.ToString();

    public Status Run(string script) => RunEnd("#!ipxe\n" + script).Status;

    public ScriptEnd RunEnd(string script)
    {
        Task<ScriptEnd> task = Start(script);
        if (!task.IsCompleted) throw new InvalidOperationException("the script waits for something that never comes");
        return task.GetAwaiter().GetResult();
    }

    public Task<ScriptEnd> Start(string script)
    {
        using Interruption top = BeginInterruptible();
        return Interpreter.RunScriptAsync(
            new ScriptSource("test", ByteText.FromBytes(Encoding.UTF8.GetBytes(script))), top.Token);
    }

    public FakeInterface AddInterface(string name, FailureKind? failure = null)
    {
        var added = new FakeInterface(this, name, failure);
        _interfaces.Add(added);
        return added;
    }

    public void Interrupt() => _interruptible[^1].Interrupt();

    public string Expand(string text) => Expansion.Expand(text, Settings);

    string ITlsConnections.Describe() => "h:443 TLS 1.3\n";

    void ITerminal.Write(string text) => Printed.Append(text);

    Task<int> ITerminal.ReadKeyAsync(long timeoutMs, CancellationToken stop)
    {
        if (Keys.TryDequeue(out int key)) return Task.FromResult(key);
        if (timeoutMs == 0) return new TaskCompletionSource<int>().Task;
        WaitedMs += timeoutMs;
        throw new BootFailure(ScriptFailure.NothingTyped);
    }

    Task<string> ITerminal.ReadLineAsync(LineRequest request, CancellationToken stop)
    {
        LineRequests.Add(request);
        if (TypedLines.TryDequeue(out string? line)) return Task.FromResult(line);
        throw new OperationCanceledException();
    }

    public ColourPairs Colours { get; } = new();

    public List<MenuRequest> Menus { get; } = [];
    public List<FormRequest> Forms { get; } = [];

    /// <summary>What is chosen from menus, by name; nothing left: ESC.</summary>
    public Queue<string> Choices { get; } = new();

    /// <summary>What is typed into forms, for each item; nothing left: ESC.</summary>
    public Queue<string[]> Entries { get; } = new();

    Task<MenuItem?> ITerminal.ChooseAsync(MenuRequest request, CancellationToken stop)
    {
        Menus.Add(request);
        return Task.FromResult(
            Choices.TryDequeue(out string? name) ? request.Menu.Items.First(it => it.Name == name) : null);
    }

    Task<IReadOnlyList<string>?> ITerminal.FillInAsync(FormRequest request, CancellationToken stop)
    {
        Forms.Add(request);
        return Task.FromResult<IReadOnlyList<string>?>(Entries.TryDequeue(out string[]? texts) ? texts : null);
    }

    Task ITerminal.EditSettingsAsync(SettingsStore settings, SettingsBlock block, CancellationToken stop)
    {
        Deeds.Add($"edit settings of <{block.FullName}>");
        return Task.CompletedTask;
    }

    void IDisplay.ShowText() => Deeds.Add("show text");

    void IDisplay.ShowPicture(DisplayWishes wishes, IImage? picture)
    {
        Deeds.Add($"show {picture?.Name ?? "nothing"} on {wishes.Width}x{wishes.Height}, margins {wishes.Left} "
            + $"{wishes.Right} {wishes.Top} {wishes.Bottom}");
        if (picture is FakeImage { Content: "bad" }) throw new BootFailure(ImageFailureOfTests);
    }

    private static readonly FailureKind ImageFailureOfTests = new(0x2eff0004, "That is no picture", "draw one");

    public Interruption BeginInterruptible() => new(_interruptible);

    Task IScriptClock.Delay(long ms, CancellationToken stop)
    {
        if (InterruptAfterTurns >= 0 && InterruptAfterTurns-- == 0) Interrupt();
        stop.ThrowIfCancellationRequested();
        WaitedMs += ms;
        return Task.CompletedTask;
    }

    long IScriptClock.NowMs => WaitedMs;

    IReadOnlyList<IImage> IImages.All => _images;

    public IImage? Selected { get; private set; }

    Task<IImage> IImages.FetchAsync(string uri, FetchWishes wishes, CancellationToken stop)
    {
        string limit = wishes.TimeoutMs > 0 ? $" within {wishes.TimeoutMs}" : "";
        string digest = wishes.Sha256.Length > 0 ? " " + Convert.ToHexStringLower(wishes.Sha256.Span) : "";
        string role = wishes.IsProof ? " as proof" : "";
        Deeds.Add($"fetch {uri}{limit}{(wishes.IsQuiet ? " quietly" : "")}{role}{digest}");
        if (uri.StartsWith("slow:", StringComparison.Ordinal))
        {
            Interrupt();
            stop.ThrowIfCancellationRequested();
        }
        if (!Files.TryGetValue(uri, out string? content))
            throw new BootFailure(new FailureKind(0x2dff0001, "There is no such file", "look elsewhere"),
                $"no file {uri}");
        var image = new FakeImage(wishes.Name ?? uri[(uri.LastIndexOf('/') + 1)..], content);
        _images.Add(image);
        return Task.FromResult<IImage>(image);
    }

    void IImages.UseDeviceTree(IImage? tree) => Deeds.Add($"device tree {tree?.Name ?? "of the firmware"}");

    bool IImages.MayNeedShim(IImage image) => ((FakeImage)image).Content == "unsigned";

    void IImages.UseShim(IImage? shim, in ShimWishes wishes)
    {
        string terms = (wishes.RequiresLoader ? " requires-loader" : "") + (wishes.AllowsSbat ? " allows-sbat" : "");
        Deeds.Add($"shim {shim?.Name ?? "none"}{terms}");
        if (shim is FakeImage { Content: "text" })
            throw new BootFailure(new FailureKind(0x2eff0005, "No shim", "look elsewhere"));
    }

    IImage IImages.CopyMemory(string name, ulong address, ulong lengthBytes)
    {
        Deeds.Add($"copy {address:x} {lengthBytes:x}");
        var image = new FakeImage(name, new string('m', (int)lengthBytes));
        _images.Add(image);
        return image;
    }

    void IImages.Select(IImage image) => Selected = image;

    void IImages.Free(IImage image)
    {
        _images.Remove((FakeImage)image);
        if (Selected == image) Selected = null;
    }

    byte[] IImages.Read(IImage image) => ByteText.ToBytes(((FakeImage)image).Content);

    async Task<IImage> IImages.ExtractAsync(IImage archive, string? name, bool isQuiet, CancellationToken stop)
    {
        Deeds.Add($"extract {archive.Name}{Describe("name", name)}{(isQuiet ? " quietly" : "")}");
        if (archive.SizeBytes == 0) throw new BootFailure(new FailureKind(0x3cff0003, "It is no archive", "look"));
        var image = new FakeImage(name ?? "inside", "inside");
        _images.Add(image);
        return await Task.FromResult<IImage>(image);
    }

    async Task<Status> IImages.ExecuteAsync(IImage image, Interpreter interpreter, CancellationToken stop)
    {
        var fake = (FakeImage)image;
        if (!ScriptSource.IsScript(Encoding.UTF8.GetBytes(fake.Content)))
        {
            Deeds.Add($"execute {image.Name} {image.CommandLine}");
            return Status.Success;
        }
        ScriptEnd end = await Interpreter.RunScriptAsync(new ScriptSource(image.Name, fake.Content), stop);
        if (image.IsAutoFree) _images.Remove(fake);
        return end.Replacement is { } next ? await ((IImages)this).ExecuteAsync(next, interpreter, stop) : end.Status;
    }

    IReadOnlyList<IInterface> INetwork.Interfaces => _interfaces;

    public IInterface? LastOpened { get; set; }

    /// <summary>Hosts and their addresses.</summary>
    public Dictionary<string, byte[]> Hosts { get; } = [];

    Task<byte[]> INetwork.ResolveAsync(string host, CancellationToken stop) =>
        Hosts.TryGetValue(host, out byte[]? found) ? Task.FromResult(found)
        : throw new BootFailure(new FailureKind(0x2dff0002, "There is no such host", "look elsewhere"));

    /// <summary>What becomes of echoes, in microseconds; negative or nothing left: no answer.</summary>
    public Queue<int> Echoes { get; } = new();

    public static FailureKind NoEcho { get; } = new(0x4cff0003, "No echo", "wait");

    Task<long> INetwork.EchoAsync(
        byte[] address, int sequence, int dataBytes, long timeoutMs, CancellationToken stop)
    {
        Deeds.Add($"echo {sequence} with {dataBytes} for {timeoutMs}");
        if (InterruptAfterTurns >= 0 && InterruptAfterTurns-- == 0) Interrupt();
        stop.ThrowIfCancellationRequested();
        int tookUs = Echoes.TryDequeue(out int took) ? took : -1;
        WaitedMs += tookUs < 0 ? timeoutMs : tookUs / 1000;
        return tookUs >= 0 ? Task.FromResult((long)tookUs) : throw new BootFailure(NoEcho);
    }

    string INetwork.DescribePackets() => "IPv4: some\n";

    Task<Status> INetworkBoot.BootAsync(IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        Deeds.Add("autoboot " + string.Join(' ', interfaces.Select(it => it.Name)));
        return Task.FromResult(BootStatus);
    }

    Task INetwork.TestLoopbackAsync(
        IInterface sender, IInterface receiver, int mtuBytes, bool isBroadcast, Action arrived, CancellationToken stop)
    {
        Deeds.Add($"loop {sender.Name} {receiver.Name} {mtuBytes}{(isBroadcast ? " to all" : "")}");
        arrived();
        arrived();
        throw new BootFailure(NoEcho);
    }

    void INetwork.CreateVlan(IInterface trunk, long tag, long priority)
    {
        Deeds.Add($"vlan {tag} priority {priority} on {trunk.Name}");
        AddInterface($"{trunk.Name}-{tag}");
    }

    void INetwork.DestroyVlan(IInterface vlan)
    {
        Deeds.Add($"destroy {vlan.Name}");
        _interfaces.Remove((FakeInterface)vlan);
    }

    void IMachine.Reboot(bool warm, bool intoSetup) => Deeds.Add($"reboot warm={warm} setup={intoSetup}");

    Task IPendingWork.SettleAsync(long timeoutMs, CancellationToken stop)
    {
        Deeds.Add($"settle {timeoutMs}");
        return Task.CompletedTask;
    }

    void IMachine.PowerOff() => Deeds.Add("poweroff");

    public bool IsConfigured { get; set; }

    void IImageTrust.Require(bool isRequired, bool isPermanent) =>
        Deeds.Add($"{(isRequired ? "require" : "allow")}{(isPermanent ? " for ever" : "")}");

    Task IImageTrust.VerifyAsync(IImage image, IImage signature, string? signer, CancellationToken stop)
    {
        Deeds.Add($"verify {image.Name} by {signature.Name}{Describe("signer", signer)}");
        ((FakeImage)image).IsTrusted = true;
        return Task.CompletedTask;
    }

    Task IImageTrust.RequireDigestAsync(IImage image, ReadOnlyMemory<byte> sha256, CancellationToken stop)
    {
        Deeds.Add($"require {image.Name} {Convert.ToHexStringLower(sha256.Span)}");
        return Task.CompletedTask;
    }

    Task IImageTrust.LoadManifestAsync(
        string uri, string signatureUri, string? signer, FetchWishes wishes, CancellationToken stop)
    {
        string limit = wishes.TimeoutMs > 0 ? $" within {wishes.TimeoutMs}" : "";
        string quietly = wishes.IsQuiet ? " quietly" : "";
        Deeds.Add($"manifest {uri} {signatureUri}{limit}{quietly}{Describe("signer", signer)}");
        return Task.CompletedTask;
    }

    Task<byte[]> IImageTrust.DigestAsync(IImage image, HashKind hash, CancellationToken stop) =>
        Task.FromResult<byte[]>([(byte)hash, (byte)image.SizeBytes, 0xab]);

    Task<IImage> IImageDecryption.DecryptAsync(
        IImage image, IImage envelope, string? name, bool isQuiet, CancellationToken stop)
    {
        Deeds.Add($"decrypt {image.Name} by {envelope.Name}{Describe("name", name)}{(isQuiet ? " quietly" : "")}");
        if (image.SizeBytes == 0) throw new BootFailure(new FailureKind(0x02ff0004, "It does not fit", "look"));
        return Task.FromResult(image);
    }

    public List<CertificateLine> Certificates { get; } = [];

    IReadOnlyList<CertificateLine> ICertificates.All => Certificates;

    int ICertificates.Add(IImage image, string? subject, bool isTrusted)
    {
        Deeds.Add($"{(isTrusted ? "trust" : "add")} image {image.Name}{Describe("subject", subject)}");
        return 1;
    }

    int ICertificates.Add(ReadOnlySpan<byte> file, string? subject, bool isTrusted)
    {
        Deeds.Add($"{(isTrusted ? "trust" : "add")} {Convert.ToHexStringLower(file)}{Describe("subject", subject)}");
        return 2;
    }

    int ICertificates.Free(string? subject)
    {
        Deeds.Add($"free certificates{Describe("subject", subject)}");
        return 1;
    }

    Task<string> ITimeServers.AskAsync(string server, CancellationToken stop)
    {
        Deeds.Add($"ask {server}");
        return Task.FromResult("tomorrow by NTP");
    }

    public bool HasCpuid { get; }

    /// <summary>The addresses of what is on the buses, the lowest first.</summary>
    public List<uint> PciFunctions { get; } = [];
    public List<uint> UsbDevices { get; } = [];

    /// <summary>What the CPU has, by leaf (extended or not) and register (ECX or EDX).</summary>
    public Dictionary<(bool, bool), uint> CpuFeatures { get; } = [];

    uint? IBuses.FindPci(uint first) => PciFunctions.Where(it => it >= first).Select(it => (uint?)it).FirstOrDefault();

    uint? IBuses.FindUsb(uint first) => UsbDevices.Where(it => it >= first).Select(it => (uint?)it).FirstOrDefault();

    uint IBuses.ReadCpuFeatures(bool isExtended, bool isSecond) =>
        CpuFeatures.GetValueOrDefault((isExtended, isSecond));

    public List<SanTarget> Targets { get; } = [];
    public Status BootStatus { get; set; }

    Task ISan.HookAsync(SanHook hook, CancellationToken stop)
    {
        Deeds.Add($"hook{Describe(hook)}");
        return Task.CompletedTask;
    }

    Task<Status> ISan.BootAsync(SanBoot boot, CancellationToken stop)
    {
        Deeds.Add($"boot{Describe(boot.Hook)}{(boot.IsKept ? " kept" : "")}{Describe("file", boot.FileName)}"
            + $"{Describe("extra", boot.ExtraFileName)}{Describe("label", boot.Label)}"
            + Describe("uuid", boot.PartitionGuid.Length > 0 ? Convert.ToHexString(boot.PartitionGuid.Span) : null));
        return Task.FromResult(BootStatus);
    }

    Task ISan.UnhookAsync(uint? drive)
    {
        Deeds.Add(drive is { } number ? $"unhook {number:x}" : "unhook");
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<SanTarget>> ISan.DiscoverAsync(string server, ushort port, CancellationToken stop)
    {
        Deeds.Add($"discover {server} {port}");
        return Task.FromResult<IReadOnlyList<SanTarget>>(Targets);
    }

    private static string Describe(SanHook hook) =>
        $"{(hook.Drive is { } drive ? $" {drive:x}" : "")}{(hook.IsDescribed ? "" : " quiet")}"
        + $"{(hook.IsRamDisk ? " ram" : "")} [{string.Join(", ", hook.RootPaths)}]";

    private static string Describe(string what, string? value) => value is null ? "" : $" {what}={value}";

    private sealed class FakeImage(string name, string content) : IImage
    {
        public string Name => name;
        public string Content => content;
        public ulong SizeBytes => (ulong)content.Length;
        public string TypeName => "data";
        public string? CommandLine { get; set; }
        public bool IsTrusted { get; set; }
        public bool IsAutoFree { get; set; }
    }

    public sealed class FakeInterface(ScriptWorld world, string name, FailureKind? failure) : IInterface
    {
        public string Name => name;
        public bool IsOpen { get; private set; }

        public void Open()
        {
            IsOpen = true;
            world.LastOpened = this;
            world.Deeds.Add($"open {name}");
        }

        public void Close()
        {
            IsOpen = false;
            world.Deeds.Add($"close {name}");
        }

        public string Describe() => $"{name}: {(IsOpen ? "open" : "closed")}\n";

        public Task FindBootServerAsync(int type, CancellationToken stop)
        {
            world.Deeds.Add($"boot server {type} on {name}");
            if (failure is not null) throw new BootFailure(failure);
            return Task.CompletedTask;
        }

        public string DescribeNeighbors() => $"{name}: 10.0.0.2\n";

        public string DescribeRoutes() => $"{name}: 10.0.0.1\n";

        public Task WaitForLinkAsync(long timeoutMs, CancellationToken stop)
        {
            world.Deeds.Add($"wait {name} {timeoutMs}");
            if (failure is not null) throw new BootFailure(failure);
            return Task.CompletedTask;
        }

        public Task ConfigureAsync(Configurator configurator, long timeoutMs, CancellationToken stop)
        {
            world.Deeds.Add($"configure {name} {configurator}{(timeoutMs > 0 ? $" {timeoutMs}" : "")}");
            if (failure is not null) throw new BootFailure(failure);
            return Task.CompletedTask;
        }
    }
}
