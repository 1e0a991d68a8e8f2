using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Bootlace.Harness;

/// <summary>Kestrel on free ports of the loopback, which guests on QEMU's user networking see at 10.0.2.2: one for
/// HTTP, and as many for HTTPS as a test opens. It offers what a test puts into it, logs each request, and can be told
/// to be slow, to redirect, or to die in the middle of a body.</summary>
public sealed partial class PayloadServer : IAsyncDisposable
{
    private const int BlockBytes = 64 << 10;

    private readonly List<WebApplication> _applications = [];   // one for each port
    private readonly ConcurrentDictionary<string, ServedFile> _files = new();
    private readonly ConcurrentQueue<LoggedRequest> _requests = new();

    private PayloadServer()
    {
    }

    /// <summary>Everything that was asked for, in the order of the answers' ends.</summary>
    public IReadOnlyList<LoggedRequest> Requests => [.. _requests];

    /// <summary>The port on 127.0.0.1 for HTTP.</summary>
    public int Port { get; private set; }

    /// <summary>Offers a file.</summary>
    /// <param name="path">Path in the URL, with its slash.</param>
    public ServedFile this[string path]
    {
        set => _files[path] = value;
    }

    /// <summary>A file's address as the guest has to write it.</summary>
    public string GuestUrl(string path) => $"http://{MachineNetwork.User.HostAddress}:{Port}{path}";

    /// <summary>Starts a server that offers nothing yet.</summary>
    public static async Task<PayloadServer> StartAsync()
    {
        PayloadServer server = new();
        server.Port = await server.ListenAsync(_ => { });
        return server;
    }

    /// <summary>Opens another port, which offers the same files by HTTPS.</summary>
    public async Task<TlsPort> OpenTlsAsync(TlsSetup setup)
    {
        TlsPort port = new(setup);
        port.Port = await ListenAsync(port.Listen);
        return port;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication application in _applications)
            await application.DisposeAsync();
    }

    private async Task<int> ListenAsync(Action<ListenOptions> prepare)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, prepare);
            options.AddServerHeader = false;
            options.Limits.MinResponseDataRate = null;   // guests under emulation may be slow
        });
        WebApplication application = builder.Build();
        _applications.Add(application);
        application.Run(AnswerAsync);
        await application.StartAsync();
        return new Uri(application.Urls.First()).Port;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        long sent = 0;
        string body = "";
        try
        {
            using (StreamReader reader = new(context.Request.Body, Encoding.Latin1))
                body = await reader.ReadToEndAsync(context.RequestAborted);
            if (!_files.TryGetValue(context.Request.Path, out ServedFile? file))
                response.StatusCode = StatusCodes.Status404NotFound;
            else if (file.RedirectTo is { } elsewhere)
                response.Redirect(elsewhere);
            else
                sent = await SendAsync(context, file);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The guest hung up: the log below says how far it got.
        }
        finally
        {
            _requests.Enqueue(new LoggedRequest(
                context.Request.Method, context.Request.Path, context.Request.Headers.Range.ToString(),
                response.StatusCode, sent, context.Connection.LocalPort,
                string.Join('\n', context.Request.Headers.Select(it => $"{it.Key}: {it.Value}")), body));
        }
    }

    private async Task<long> SendAsync(HttpContext context, ServedFile file)
    {
        HttpResponse response = context.Response;
        long first = 0;
        long end = file.Length;
        response.Headers.AcceptRanges = "bytes";
        if (file.IsLast)
            response.Headers.Connection = "close";
        response.Headers.ETag = $"\"{file.Length:x}\"";
        Match range = ByteRange().Match(context.Request.Headers.Range.ToString());
        if (range.Success)
        {
            first = long.Parse(range.Groups[1].Value);
            end = range.Groups[2].Length > 0 ? Math.Min(end, long.Parse(range.Groups[2].Value) + 1) : end;
            if (first >= end)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{file.Length}";
                return 0;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {first}-{end - 1}/{file.Length}";
        }

        if (!file.IsChunked)
            response.ContentLength = end - first;
        if (HttpMethods.IsHead(context.Request.Method))
            return 0;

        using Stream content = file.Open();
        content.Position = first;
        return await CopyAsync(context, file, content, end - first);
    }

    private async Task<long> CopyAsync(HttpContext context, ServedFile file, Stream content, long count)
    {
        byte[] block = new byte[BlockBytes];
        Stopwatch watch = Stopwatch.StartNew();
        long sent = 0;
        while (sent < count)
        {
            long upTo = Math.Min(count, file.DiesAfterBytes ?? count);
            int length = await content.ReadAsync(block.AsMemory(0, (int)Math.Min(BlockBytes, upTo - sent)));
            if (length == 0)
            {
                await DieAsync(context);
                return sent;
            }

            await context.Response.Body.WriteAsync(block.AsMemory(0, length), context.RequestAborted);
            sent += length;
            if (file.BytesPerSecond is { } speed)
            {
                TimeSpan ahead = TimeSpan.FromSeconds((double)sent / speed) - watch.Elapsed;
                if (ahead > TimeSpan.Zero)
                    await Task.Delay(ahead, context.RequestAborted);
            }
        }

        return sent;
    }

    private async Task DieAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync();
        _files.Clear();
        // Stopping waits for the connections, this one among them, so it goes on by itself.
        foreach (WebApplication application in _applications)
            _ = application.StopAsync();
        context.Abort();
    }

    [GeneratedRegex(@"^bytes=(\d+)-(\d*)$")]
    private static partial Regex ByteRange();
}
