using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The fetched files: fetching, naming, selecting, freeing, running (spec/ipxe-compat.md 2.1).</summary>
public sealed class ImageStore : IImages
{
    private const int ImagesMax = 256;
    private const ulong MemoryPieceBytes = 64 << 20;
    private const int SettingBytesMax = 64 * 1024;
    private const int ArchivesMax = 2;   // one inside the other

    /// <summary>How long servers may take to agree that a connection ends, before a program gets the card.</summary>
    internal static readonly Duration FarewellMax = Duration.FromSeconds(1);

    private readonly IFirmware _firmware;
    private readonly IHardware _hardware;
    private readonly NetworkStack _network;
    private readonly UriFetcher _fetcher;
    private readonly ImageUnpacker _unpacker;
    private readonly ProgressDisplay _display;
    private readonly Pump _pump;
    private readonly TrustPolicy _trust;
    private readonly ParameterShelf _parameters;
    private readonly List<Image> _images = [];
    private int _unnamedCount;
    private Image? _deviceTree;   // our own copy, in no list
    private Image? _shim;
    private ShimWishes _shimWishes;

    internal ImageStore(BootParts parts, ProgressDisplay display, TrustPolicy trust, ParameterShelf parameters)
    {
        _firmware = parts.Firmware;
        _hardware = parts.Hardware;
        _network = parts.Network;
        _fetcher = parts.Fetcher;
        _pump = parts.Pump;
        _unpacker = new ImageUnpacker(parts.Firmware, display, parts.Pump);
        _display = display;
        _trust = trust;
        _parameters = parameters;
    }

    /// <summary>What relative URIs are relative to now: <c>${cwuri}</c>; null: nothing.</summary>
    public BootUri? WorkingUri { get; set; }

    /// <summary>Called before a program gets the network, with the time it may take.</summary>
    internal Func<Duration, Task>? HandingOver { get; set; }

    /// <summary>The card or VLAN that what is started finds itself on: it tells by its own device path where the
    /// network is.</summary>
    internal Func<INetworkDevice?> CardInUse { get; set; } = () => null;

    /// <inheritdoc/>
    public IReadOnlyList<IImage> All => _images;

    /// <inheritdoc/>
    public IImage? Selected { get; private set; }

    /// <inheritdoc/>
    public async Task<IImage> FetchAsync(string uri, FetchWishes wishes, CancellationToken stop) =>
        await FetchAsync(Resolve(uri), wishes, stop);

    /// <summary>What a URI in a script means.</summary>
    internal BootUri Resolve(string uri) => BootUri.Parse(ByteText.ToUnicode(uri)).ResolveAgainst(WorkingUri);

    /// <summary>Downloads an absolute URI, checks its digest where one is known, and registers it.</summary>
    public async Task<Image> FetchAsync(BootUri uri, FetchWishes wishes, CancellationToken stop)
    {
        FileDigest digest = _trust.ExpectedOf(uri, wishes.Sha256, wishes.IsProof);
        var content = new ImageContent(_firmware);
        using PinnedTarget? pinned = digest.IsGiven ? new PinnedTarget(content) : null;
        using var limited = new CancellationTokenSource();
        using CancellationTokenRegistration chained = stop.Register(limited.Cancel);
        PumpTimer? limit = wishes.TimeoutMs > 0
            ? _pump.Schedule(Duration.FromMilliseconds(wishes.TimeoutMs), limited.Cancel) : null;
        TransferLine line = _display.Begin(uri.ToString(), wishes.IsQuiet);
        try
        {
            IBodyTarget target = pinned is null ? content : pinned;
            FetchedBody body = await _fetcher.FetchAsync(WithParameters(uri), target, line, limited.Token);
            pinned?.Require(digest, uri.ToString());
            string name = wishes.Name ?? ByteText.FromUnicode(uri.FileName);
            Image image = Register(name, body.Uri, content, wishes.IsModule);
            if (digest.IsGiven) _trust.Trust(image);
            image.IsQuiet = wishes.IsQuiet;
            line.Succeeded(body.SizeBytes);
            return image;
        }
        catch (Exception trouble)
        {
            content.Dispose();
            bool isTooLate = trouble is OperationCanceledException && !stop.IsCancellationRequested;
            BootFailure? late = isTooLate
                ? new(ImageFailure.FetchTimedOut, $"{uri} did not arrive within {wishes.TimeoutMs} ms") : null;
            line.Failed(late ?? trouble);
            if (late is not null) throw late;
            throw;
        }
        finally
        {
            limit?.Cancel();
        }
    }

    /// <summary>Takes a file that is at hand into the list; the list owns its content from now on. An empty name
    /// becomes img and a number.</summary>
    public Image Register(
        string name, BootUri? uri, ImageContent content, bool isModule = false, Image? unpackedFrom = null)
    {
        if (_images.Count >= ImagesMax) throw new BootFailure(ImageFailure.TooMany);
        if (name.Length == 0) name = $"img{_unnamedCount++}";
        var image = new Image(name, uri, content, KindOf(content))
        {
            IsModule = isModule,
            UnpackedFrom = unpackedFrom,
        };
        _images.Add(image);
        return image;
    }

    /// <inheritdoc/>
    public IImage CopyMemory(string name, ulong address, ulong lengthBytes)
    {
        if (lengthBytes == 0 || !_hardware.IsMemory(address, lengthBytes))
            throw new BootFailure(ImageFailure.NoSuchMemory, $"No memory of {lengthBytes} bytes at 0x{address:x}");
        var content = new ImageContent(_firmware);
        content.Expect(lengthBytes);
        for (ulong done = 0; done < lengthBytes;)
        {
            int countBytes = (int)ulong.Min(lengthBytes - done, MemoryPieceBytes);
            content.Append(_hardware.ReadMemory(address + done, countBytes));
            done += (ulong)countBytes;
        }
        return Register(name, null, content);
    }

    private Image RegisterUnpacked(Image archive, string? name, ImageContent content, Image? toRunFor = null)
    {
        try
        {
            name ??= WithoutSuffix(archive.Name);
            Image image = Register(name, archive.Uri, content, archive.IsModule, toRunFor);
            image.IsTrusted = archive.IsTrusted;   // who vouches for an archive vouches for what comes out of it
            image.IsQuiet = archive.IsQuiet;
            return image;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private ImageContent Unwrap(Image message)
    {
        var content = new ImageContent(_firmware);
        content.Append(ScriptFile.Unwrap(message.Content.ToContiguous().Span, message.Name));
        return content;
    }

    /// <summary>An image's content has become another: it stands in the list at the same place, under a name of its
    /// own.</summary>
    /// <param name="old">What it was.</param>
    /// <param name="name">The name; null: the old one without its last suffix.</param>
    internal Image Replace(Image old, string? name)
    {
        int place = _images.IndexOf(old);
        Check.That(place >= 0);
        var image = new Image(name ?? WithoutSuffix(old.Name), old.Uri, old.Content, KindOf(old.Content))
        {
            IsModule = old.IsModule,
            IsAutoFree = old.IsAutoFree,
            IsQuiet = old.IsQuiet,
            CommandLine = old.CommandLine,
        };
        if (Selected == old) Selected = null;
        _images[place] = image;
        return image;
    }

    private static string WithoutSuffix(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 ? name.Substring(0, dot) : name;
    }

    /// <summary>Uses up the parameters that a URI asks for. A list that is not there is no failure, as it is none to
    /// iPXE.</summary>
    private BootUri WithParameters(BootUri uri)
    {
        if (uri.ParamsName is not { } name || _parameters.Take(ByteText.FromUnicode(name)) is not { } list) return uri;
        var parameters = new RequestParameters { Method = list.Method };
        foreach (KeyValuePair<string, string> field in list.Fields)
            parameters.AddField(ByteText.ToBytes(field.Key), ByteText.ToBytes(field.Value));
        foreach (KeyValuePair<string, string> header in list.Headers)
            parameters.AddHeader(header.Key, ByteText.ToUnicode(header.Value));
        return uri.With(parameters);
    }

    /// <inheritdoc/>
    public void Select(IImage image)
    {
        RequireExecutable((Image)image);
        Selected = image;
    }

    /// <inheritdoc/>
    public void Free(IImage image)
    {
        if (_images.Remove((Image)image)) Drop((Image)image);
    }

    /// <inheritdoc/>
    public byte[] Read(IImage image)
    {
        if (image.SizeBytes > SettingBytesMax)
        {
            throw new BootFailure(ImageFailure.TooLargeForSetting,
                $"{ByteText.ToUnicode(image.Name)} has {image.SizeBytes} bytes, too many for a setting");
        }
        return ((Image)image).Content.ToContiguous().ToArray();
    }

    /// <inheritdoc/>
    public async Task<IImage> ExtractAsync(IImage archive, string? name, bool isQuiet, CancellationToken stop)
    {
        var source = (Image)archive;
        bool isMessage = source.Kind == ImageKind.Script && !ScriptSource.IsScript(source.Content.Head);
        ImageContent content = isMessage ? Unwrap(source) : await _unpacker.UnpackAsync(source, isQuiet, stop);
        return RegisterUnpacked(source, name, content);
    }

    /// <inheritdoc/>
    public void UseDeviceTree(IImage? tree)
    {
        if (_firmware.PeMachine != PeImage.Arm64) throw new BootFailure(ImageFailure.NoDeviceTrees);
        Image? copy = tree is null ? null : CopyDeviceTree((Image)tree);
        _deviceTree?.Content.Dispose();
        _deviceTree = copy;
    }

    /// <inheritdoc/>
    public bool MayNeedShim(IImage image)
    {
        var program = (Image)image;
        return program.Kind != ImageKind.Efi || _firmware.IsUntrusted(
            program.Content.ToContiguous(), ByteText.ToUnicode(program.Name), program.Uri?.ToString() ?? "");
    }

    /// <inheritdoc/>
    public void UseShim(IImage? shim, in ShimWishes wishes)
    {
        var image = (Image?)shim;
        if (image is not null && image.Kind != ImageKind.Efi) throw NotAProgram(image);
        _shim = image;
        _shimWishes = wishes;
    }

    /// <inheritdoc/>
    public async Task<Status> ExecuteAsync(IImage image, Interpreter interpreter, CancellationToken stop)
    {
        var current = (Image)image;
        while (true)
        {
            BootUri? outer = WorkingUri;
            WorkingUri = current.Uri ?? outer;
            try
            {
                RequireExecutable(current);
                _trust.Admit(current);
                if (current.IsArchive) current = await UnpackToRunAsync(current, stop);
                if (current.Kind == ImageKind.Efi) return await StartAsync(current);
                ScriptEnd end = await RunScriptAsync(current, interpreter, stop);
                if (end.Replacement is not Image next) return end.Status;
                current = next;
            }
            finally
            {
                WorkingUri = outer;
            }
        }
    }

    /// <summary>The tree without what follows it in its file. Whoever vouched for the file vouches for it.</summary>
    private Image CopyDeviceTree(Image file)
    {
        ReadOnlySpan<byte> bytes = file.Content.ToContiguous().Span;
        if (!DeviceTreeView.TryRead(bytes, out DeviceTreeView tree, out ParseError error))
        {
            throw new BootFailure(ImageFailure.BadDeviceTree,
                $"{ByteText.ToUnicode(file.Name)} is no device tree: {error}");
        }
        var content = new ImageContent(_firmware);
        content.Append(bytes[..tree.TotalBytes]);
        return new Image(file.Name, file.Uri, content, ImageKind.Data) { IsTrusted = file.IsTrusted };
    }

    /// <summary>What is in an archive, with the archive's command line, for as long as it runs.</summary>
    private async Task<Image> UnpackToRunAsync(Image archive, CancellationToken stop)
    {
        Image current = archive;
        for (int depth = 0; current.IsArchive; depth++)
        {
            Image outer = current;
            try
            {
                if (depth == ArchivesMax) throw new BootFailure(ImageFailure.ArchivesTooDeep);
                ImageContent content = await _unpacker.UnpackAsync(outer, outer.IsQuiet, stop);
                current = RegisterUnpacked(outer, null, content, archive);
                current.CommandLine = archive.CommandLine;
                current.IsAutoFree = true;
            }
            finally
            {
                if (outer.IsAutoFree) Free(outer);
            }
        }
        if (current.Kind != ImageKind.Data) return current;
        try
        {
            RequireExecutable(current);
            return current;
        }
        finally
        {
            Free(current);   // it is none
        }
    }

    /// <summary>A script is out of the list while it runs, so that it can free all images and go on, and comes back
    /// after, unless it was to be freed or another took its place.</summary>
    private async Task<ScriptEnd> RunScriptAsync(Image script, Interpreter interpreter, CancellationToken stop)
    {
        ScriptSource source = ScriptFile.Read(script.Content, script.Name);
        bool wasListed = _images.Remove(script);
        if (Selected == script) Selected = null;
        bool isDone = script.IsAutoFree;
        try
        {
            ScriptEnd end = await interpreter.RunScriptAsync(source, stop);
            isDone |= end.Replacement is not null && end.Replacement != script;
            return end;
        }
        finally
        {
            if (isDone || !wasListed) Drop(script);
            else _images.Add(script);
        }
    }

    /// <summary>Hands the machine over to a program. It may come back.</summary>
    private async Task<Status> StartAsync(Image program)
    {
        try
        {
            foreach (Image image in _images)
            {
                if (image.IsModule && !IsProgram(image)) _trust.Admit(image);
            }
            if (_deviceTree is not null) _trust.Admit(_deviceTree);
            // What nobody vouches for is no file either: a program may start others, or read what it is to do.
            List<Image> seen = _images.FindAll(image => _trust.MayBeSeen(image) && !IsProgram(image));
            ImageStart start = PlanStart(program, seen);
            if (HandingOver is not null) await HandingOver(FarewellMax);
            _fetcher.CloseIdle();
            await _network.CloseConnectionsAsync(FarewellMax);
            ulong status = _firmware.StartImage(start with { Card = CardInUse() });
            if (status == 0) return Status.Success;
            string name = ByteText.ToUnicode(program.Name);
            throw new BootFailure(ImageFailure.CameBack, $"{name} ended with EFI status 0x{status:x}");
        }
        finally
        {
            if (program.IsAutoFree) Free(program);
        }

        bool IsProgram(Image image) => image == program || image == program.UnpackedFrom || image == _shim;
    }

    /// <summary>A shim is used exactly where the firmware does not trust the program.</summary>
    private ImageStart PlanStart(Image program, List<Image> seen)
    {
        ImageStart start = BootPlan.Make(program, seen, _deviceTree?.Content.ToContiguous() ?? default);
        if (_shim is null || _shim == program) return start;
        if (!_firmware.IsUntrusted(start.Image, start.Name, start.Uri)) return start;
        _trust.Admit(_shim);
        return BootPlan.Through(_shim, _shimWishes, _firmware.PeMachine, start);
    }

    private ImageKind KindOf(ImageContent content)
    {
        if (ScriptFile.Recognises(content)) return ImageKind.Script;
        ReadOnlySpan<byte> head = content.Head;
        if (GzipReader.Recognises(head)) return ImageKind.Gzip;
        if (ZstdReader.Recognises(head)) return ImageKind.Zstd;
        if (ZlibReader.Recognises(head)) return ImageKind.Zlib;
        if (!head.StartsWith("MZ"u8)) return ImageKind.Data;
        bool isProgram = PeImage.Judge(content.ToContiguous().Span, _firmware.PeMachine, "") is null;
        return isProgram ? ImageKind.Efi : ImageKind.Data;
    }

    private void RequireExecutable(Image image)
    {
        if (image.Kind == ImageKind.Data) throw NotAProgram(image);
    }

    private BootFailure NotAProgram(Image image) =>
        PeImage.Judge(image.Content.ToContiguous().Span, _firmware.PeMachine, ByteText.ToUnicode(image.Name))
        ?? new BootFailure(ImageFailure.NotExecutable);

    private void Drop(Image image)
    {
        if (Selected == image) Selected = null;
        if (_shim == image) _shim = null;
        image.Content.Dispose();
    }
}
