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
public sealed class ImageStore(
    IFirmware firmware, NetworkStack network, UriFetcher fetcher, ProgressDisplay display, Pump pump) : IImages
{
    private const int ImagesMax = 256;

    /// <summary>How long servers may take to agree that a connection ends, before a program gets the card.</summary>
    private static readonly Duration FarewellMax = Duration.FromSeconds(1);

    private readonly List<Image> _images = [];
    private int _unnamedCount;

    /// <summary>What relative URIs are relative to now: <c>${cwuri}</c>; null: nothing.</summary>
    public BootUri? WorkingUri { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<IImage> All => _images;

    /// <inheritdoc/>
    public IImage? Selected { get; private set; }

    /// <inheritdoc/>
    public async Task<IImage> FetchAsync(string uri, FetchWishes wishes, CancellationToken stop)
    {
        BootUri absolute = BootUri.Parse(ByteText.ToUnicode(uri)).ResolveAgainst(WorkingUri);
        return await FetchAsync(absolute, wishes, stop);
    }

    /// <summary>Downloads an absolute URI and registers it.</summary>
    public async Task<Image> FetchAsync(BootUri uri, FetchWishes wishes, CancellationToken stop)
    {
        var content = new ImageContent(firmware);
        using var limited = new CancellationTokenSource();
        using CancellationTokenRegistration chained = stop.Register(limited.Cancel);
        PumpTimer? limit = wishes.TimeoutMs > 0
            ? pump.Schedule(Duration.FromMilliseconds(wishes.TimeoutMs), limited.Cancel) : null;
        TransferLine line = display.Begin(uri.ToString(), wishes.IsQuiet);
        try
        {
            FetchedBody body = await fetcher.FetchAsync(uri, content, line, limited.Token);
            string name = wishes.Name ?? ByteText.FromUnicode(uri.FileName);
            Image image = Register(name, body.Uri, content, wishes.IsModule);
            line.Succeeded(body.SizeBytes);
            return image;
        }
        catch (Exception trouble)
        {
            line.Failed();
            content.Dispose();
            if (trouble is OperationCanceledException && !stop.IsCancellationRequested)
            {
                throw new BootFailure(
                    ImageFailure.FetchTimedOut, $"{uri} did not arrive within {wishes.TimeoutMs} ms");
            }
            throw;
        }
        finally
        {
            limit?.Cancel();
        }
    }

    /// <summary>Takes a file that is at hand into the list; the list owns its content from now on. An empty name
    /// becomes img and a number.</summary>
    public Image Register(string name, BootUri? uri, ImageContent content, bool isModule = false)
    {
        if (_images.Count >= ImagesMax) throw new BootFailure(ImageFailure.TooMany);
        if (name.Length == 0) name = $"img{_unnamedCount++}";
        var image = new Image(name, uri, content, KindOf(content)) { IsModule = isModule };
        _images.Add(image);
        return image;
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

    /// <summary>A script is out of the list while it runs, so that it can free all images and go on, and comes back
    /// after, unless it was to be freed or another took its place.</summary>
    private async Task<ScriptEnd> RunScriptAsync(Image script, Interpreter interpreter, CancellationToken stop)
    {
        var source = new ScriptSource(script.Name, ByteText.FromBytes(script.Content.ToContiguous().Span));
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
            await network.CloseConnectionsAsync(FarewellMax);
            ulong status = firmware.StartImage(BootPlan.Make(program, _images));
            if (status == 0) return Status.Success;
            string name = ByteText.ToUnicode(program.Name);
            throw new BootFailure(ImageFailure.CameBack, $"{name} ended with EFI status 0x{status:x}");
        }
        finally
        {
            if (program.IsAutoFree) Free(program);
        }
    }

    private ImageKind KindOf(ImageContent content)
    {
        if (ScriptSource.IsScript(content.Head)) return ImageKind.Script;
        ReadOnlySpan<byte> head = content.Head;
        if (head.Length < 2 || head[0] != 'M' || head[1] != 'Z') return ImageKind.Data;
        bool isProgram = PeImage.Judge(content.ToContiguous().Span, firmware.PeMachine, "") is null;
        return isProgram ? ImageKind.Efi : ImageKind.Data;
    }

    private void RequireExecutable(Image image)
    {
        if (image.Kind != ImageKind.Data) return;
        BootFailure? failure = PeImage.Judge(
            image.Content.ToContiguous().Span, firmware.PeMachine, ByteText.ToUnicode(image.Name));
        throw failure ?? new BootFailure(ImageFailure.NotExecutable);
    }

    private void Drop(Image image)
    {
        if (Selected == image) Selected = null;
        image.Content.Dispose();
    }
}
