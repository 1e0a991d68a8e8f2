using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>A file on an HTTP server that is read in parts (RFC 9110, section 14) over a kept connection. It is the
/// same file all the time: its length, entity tag and date are those of the first answer, or reading fails. One part is
/// read at a time; in steady state that allocates nothing. Connections that break are made again.</summary>
public sealed class HttpFile : IPolled
{
    private const int AttemptsMax = 200, InterimAnswersMax = 100;
    private const int PieceBytesMax = 128 * 1024;   // each is a sign of life

    private readonly Pump _pump;
    private readonly IStreamConnector _connector;
    private readonly HttpOptions _options;
    private readonly HttpRequest _source;
    private RangeRequest _request;
    private HttpConnection? _connection;
    private CancellationTokenSource _stop = new();
    private CancellationToken _caller;
    private Instant _deadline = Instant.Never;
    private bool _sendsCredentials, _hasSignOfLife, _isPinned, _isClosed;
    private RangeAnswer _answer;
    private int _receivedBytes;          // of the body under way
    private string? _entityTag, _date;
    private byte[] _entityTagBytes = [], _dateBytes = [];

    private HttpFile(Pump pump, HttpConnectors connectors, HttpOptions options, BootUri uri)
    {
        if (string.IsNullOrEmpty(uri.Host)) throw new BootFailure(UriFailure.NoHost, $"'{uri}' names no server");
        _pump = pump;
        _connector = connectors.For(uri);
        _options = options;
        _source = new HttpRequest(uri, options.UserAgent);
        _request = new RangeRequest(_source, withCredentials: false);
        pump.Add(this);
    }

    /// <summary>Where it is, behind all redirects.</summary>
    public BootUri Uri => _source.Uri;

    /// <summary>Its length.</summary>
    public ulong SizeBytes { get; private set; }

    /// <inheritdoc/>
    public Instant NextDeadline => _deadline;

    private string Host => Uri.Host!;

    /// <summary>Finds the file, follows redirects, and notes which version it is.</summary>
    /// <exception cref="BootFailure">There is none, or its server does not send parts.</exception>
    public static async Task<HttpFile> OpenAsync(
        Pump pump, HttpConnectors connectors, HttpOptions options, BootUri uri, CancellationToken stop)
    {
        BootUri current = uri;
        for (int redirects = 0; redirects <= UriFetcher.RedirectsMax; redirects++)
        {
            if (current.Scheme is not ("http" or "https"))
                throw new BootFailure(UriFailure.RedirectRefused, $"{current} cannot be read in parts");
            var file = new HttpFile(pump, connectors, options, current);
            bool isOpen = false;
            try
            {
                BootUri? elsewhere = await file.PinAsync(stop);
                isOpen = elsewhere is null;
                if (elsewhere is null) return file;
                current = RedirectRule.Follow(current, elsewhere);
            }
            finally
            {
                if (!isOpen) file.Close();
            }
        }
        throw new BootFailure(UriFailure.Loop,
            $"{uri} was redirected more than {UriFetcher.RedirectsMax} times, last to {current}");
    }

    /// <summary>Ends a wait whose caller has cancelled it or whose server is silent.</summary>
    public bool Poll(Instant now)
    {
        if (_deadline == Instant.Never || now < _deadline && !_caller.IsCancellationRequested) return false;
        _deadline = Instant.Never;
        _stop.Cancel();
        return true;
    }

    /// <summary>Reads the bytes from <paramref name="first"/> on, which lie inside the file.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync(ulong first, Memory<byte> target, CancellationToken stop)
    {
        Check.That(first <= SizeBytes && (uint)target.Length <= SizeBytes - first);
        int done = 0, fruitless = 0;
        for (int attempt = 0; done < target.Length; attempt++)
        {
            stop.ThrowIfCancellationRequested();
            bool isUsed = _connection is not null;
            (_hasSignOfLife, _receivedBytes) = (false, 0);
            try
            {
                await ExchangeAsync(first + (uint)done, target[done..], stop);
            }
            catch (BootFailure failure) when (HttpRefusal.IsTrouble(failure.Kind) && attempt < AttemptsMax)
            {
                Drop();
                if (isUsed && !_hasSignOfLife) continue;   // closed while it was idle: nothing is wrong
                fruitless = _receivedBytes > 0 ? 1 : fruitless + 1;
                if (fruitless > _options.ResumesMax) throw;
                await _pump.Delay(PauseBefore(fruitless), stop);
            }
            finally
            {
                done += _receivedBytes;
            }
        }
    }

    /// <summary>Closes its connection.</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _pump.Remove(this);
        _connection?.Close();
        _connection = null;
    }

    /// <summary>Asks for the first byte; what the answer says is what holds from then on. Returns where the server
    /// sends us instead.</summary>
    private async Task<BootUri?> PinAsync(CancellationToken stop)
    {
        var first = new byte[1];
        while (true)
        {
            _hasSignOfLife = false;
            HttpResponse? other = await AskAsync(0, 0, stop);
            if (other is null)
            {
                await ReceiveAsync(first, stop);
                return null;
            }
            Drop();
            if (other.Status is >= 300 and < 400 && other.Location is { } location) return BootUri.Parse(location);
            bool mayHelp = other.Status == 401 && other.OffersBasic && _source.HasCredentials && !_sendsCredentials;
            if (!mayHelp) throw Refuse(other);
            _sendsCredentials = true;
            _request = new RangeRequest(_source, withCredentials: true);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ExchangeAsync(ulong first, Memory<byte> target, CancellationToken stop)
    {
        HttpResponse? other = await AskAsync(first, first + (uint)target.Length - 1, stop);
        if (other is not null)
        {
            Drop();
            throw Refuse(other);
        }
        await ReceiveAsync(target, stop);
    }

    /// <summary>Sends a request and reads the head of its answer into <see cref="_answer"/>; returns it as a whole when
    /// it is not the part that was asked for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HttpResponse?> AskAsync(ulong first, ulong last, CancellationToken stop)
    {
        bool isDone = false;
        try
        {
            Watch(_options.FirstByteTimeout, stop);
            ushort port = HttpConnectors.PortOf(Uri);
            _connection ??= new HttpConnection(await _connector.ConnectAsync(Host, port, _stop.Token), Host, port);
            await _connection.WriteAsync(_request.Emit(first, last), _stop.Token);
            HttpResponse? other = null;
            for (int interim = 0; !TryTakeHead(first, last, out bool isInterim, out other);)
            {
                if (isInterim && ++interim <= InterimAnswersMax) continue;
                if (isInterim || _connection.IsBufferFull) throw Malformed("an endless head");
                if (!await _connection.ReadMoreAsync(_stop.Token))
                    throw new BootFailure(HttpFailure.ConnectionLost, $"{Host} closed the connection");
                _hasSignOfLife = true;
            }
            isDone = true;
            return other;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BootFailure(HttpFailure.TimedOut, $"{Host} did not answer the request for {Uri}");
        }
        finally
        {
            Unwatch();
            if (!isDone) Drop();
        }
    }

    /// <summary>Receives the body that <see cref="_answer"/> announces.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveAsync(Memory<byte> target, CancellationToken stop)
    {
        bool isDone = false;
        RangeAnswer answer = _answer;
        int wanted = (int)Math.Min(answer.Range.CountBytes, (ulong)target.Length);
        try
        {
            Watch(_options.SilenceTimeout, stop);
            if (answer.IsChunked) await ReceiveChunksAsync(target[..wanted]);
            else await FillAsync(target[..wanted]);
            isDone = answer.IsKeptAlive;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BootFailure(HttpFailure.TimedOut, $"{Host} fell silent in the middle of {Uri}");
        }
        finally
        {
            Unwatch();
            if (!isDone || _connection is { BufferedBytes: > 0 }) Drop();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveChunksAsync(Memory<byte> target)
    {
        HttpConnection connection = _connection!;
        int consumed;
        ulong size;
        ParseError error;
        while (true)
        {
            while (!HttpChunk.TryReadHeader(connection.Buffered, out size, out consumed, out error))
                await ReadMoreAsync(error);
            connection.Consume(consumed);
            if (size == 0) break;
            if (size > (uint)target.Length) throw Malformed("more than was asked for");
            await FillAsync(target[..(int)size]);
            target = target[(int)size..];
            while (!HttpChunk.TryReadEnd(connection.Buffered, out consumed, out error)) await ReadMoreAsync(error);
            connection.Consume(consumed);
        }
        if (target.Length > 0) throw Malformed("less than it announced");
        while (!HttpChunk.TryReadTrailer(connection.Buffered, out consumed, out error)) await ReadMoreAsync(error);
        connection.Consume(consumed);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(Memory<byte> target)
    {
        while (target.Length > 0)
        {
            Memory<byte> piece = target[..Math.Min(target.Length, PieceBytesMax)];
            int count = await _connection!.ReceiveAsync(piece, isWhole: true, _stop.Token);
            if (count == 0) throw new BootFailure(HttpFailure.ConnectionLost, $"{Host} closed the connection early");
            Feed();
            _receivedBytes += count;
            target = target[count..];
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadMoreAsync(ParseError error)
    {
        if (error != ParseError.Incomplete || _connection!.IsBufferFull) throw Malformed($"a bad chunk ({error})");
        if (!await _connection.ReadMoreAsync(_stop.Token))
            throw new BootFailure(HttpFailure.ConnectionLost, $"{Host} closed the connection early");
        Feed();
    }

    /// <summary>Takes a head off the connection. False when it is not there yet, or was one of an interim answer.
    /// </summary>
    private bool TryTakeHead(ulong first, ulong last, out bool isInterim, out HttpResponse? other)
    {
        isInterim = false;
        other = null;
        if (!HttpHead.TryRead(_connection!.Buffered, out HttpHead head, out ParseError error))
        {
            if (error != ParseError.Incomplete) throw Malformed($"a bad head ({error})");
            return false;
        }
        isInterim = head.Status < 200;
        if (head.Status != 206) other = HttpResponse.From(head);
        else Accept(head, first, last);
        _connection.Consume(head.Bytes);
        return !isInterim;
    }

    /// <summary>A 206 has to be of the part that was asked for, or of its beginning, and of the same file.</summary>
    private void Accept(HttpHead head, ulong first, ulong last)
    {
        if (!RangeAnswer.TryTake(head, out _answer)) throw Malformed("a part that does not say which");
        HttpRange range = _answer.Range;
        if (range.First != first || range.CountBytes - 1 > last - first) throw Malformed("another part");
        if (!_isPinned) Pin(head, range);
        bool isSame = (range.Total ?? SizeBytes) == SizeBytes
            && IsSame(head, "ETag", _entityTag, _entityTagBytes) && IsSame(head, "Last-Modified", _date, _dateBytes);
        if (!isSame) throw Changed();
    }

    private void Pin(HttpHead head, HttpRange range)
    {
        SizeBytes = range.Total ?? throw Malformed("a part of something that has no length");
        (_entityTag, _entityTagBytes) = ValueOf(head, "ETag");
        (_date, _dateBytes) = ValueOf(head, "Last-Modified");
        _isPinned = true;
    }

    private static (string? Text, byte[] Bytes) ValueOf(HttpHead head, string name) =>
        head.TryFind(name, out ReadOnlySpan<byte> value) ? (Encoding.UTF8.GetString(value), value.ToArray())
            : (null, []);

    /// <summary>A field that is left out says nothing.</summary>
    private static bool IsSame(HttpHead head, string name, string? pinned, byte[] pinnedBytes) =>
        pinned is null || !head.TryFind(name, out ReadOnlySpan<byte> value) || value.SequenceEqual(pinnedBytes);

    private BootFailure Refuse(HttpResponse other)
    {
        if (_isPinned && other.Status is 200 or 404 or 410 or 416) return Changed();
        return other.Status is >= 200 and < 300
            ? new BootFailure(HttpFailure.NoRanges, $"{Host} sends {Uri} only as a whole")
            : HttpRefusal.Of(other, _source, _sendsCredentials);
    }

    private BootFailure Changed() =>
        new(HttpFailure.FileChanged, $"{Uri} is not the file any more that it was when it became a disk");

    private BootFailure Malformed(string what) => new(HttpFailure.Malformed, $"{Host} sent {what} for {Uri}");

    private Duration PauseBefore(int fruitless)
    {
        Duration pause = _options.ResumeDelay;
        for (int i = 1; i < fruitless && pause < _options.ResumeDelayMax; i++) pause *= 2;
        return pause < _options.ResumeDelayMax ? pause : _options.ResumeDelayMax;
    }

    private void Watch(Duration limit, CancellationToken caller)
    {
        if (_stop.IsCancellationRequested) _stop = new CancellationTokenSource();
        _caller = caller;
        _deadline = _pump.CurrentTime + limit;
    }

    private void Feed() => _deadline = _pump.Now + _options.SilenceTimeout;

    private void Unwatch()
    {
        _deadline = Instant.Never;
        _caller = default;
    }

    private void Drop()
    {
        _connection?.Abort();
        _connection = null;
    }
}
