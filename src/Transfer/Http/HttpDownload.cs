using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>One file from first request to last byte: as many connections as it takes. A body that breaks off goes on
/// where it was, by a range request tied to the same version of the file (RFC 9110 section 14); only where the server
/// cannot do that it begins again. What asks for more than a file is sent once.</summary>
internal sealed class HttpDownload(
    Pump pump,
    HttpPool pool,
    HttpOptions options,
    HttpRequest request,
    string host,
    ushort port,
    IBodyTarget target,
    ITransferProgress progress)
{
    private const int AttemptsMax = 200, RestartsMax = 3, InterimResponsesMax = 100, RetryAfterMax = 10;
    private const int RetryAfterSecondsDefault = 5, RetryAfterSecondsMax = 60;
    private const ulong SkippedBytesMax = 65_536;

    /// <summary>What one response led to: the end, another place, or another request after a wait.</summary>
    private readonly record struct Verdict(bool IsDone, BootUri? Elsewhere = null, Duration Wait = default)
    {
        public static Verdict Done => new(true);
        public static Verdict Again => new(false);
    }

    private string? _validator;          // ETag or date of the version being received
    private ulong? _total;
    private bool _hasBegun;              // a good response has come: from now on trouble is worth another attempt
    private bool _sendsCredentials;
    private bool _isStaleConnection;     // a kept connection that has given no sign of life yet
    private int _restarts;
    private int _retryAfters;

    /// <summary>As <see cref="IUriOpener.FetchAsync"/>.</summary>
    public async Task<BootUri?> RunAsync(CancellationToken stop)
    {
        int fruitless = 0;
        bool mayReuse = request.MayRepeat;   // a kept connection may fail without telling whether the server has acted
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            ulong before = target.ReceivedBytes;
            Duration wait;
            try
            {
                Verdict verdict = await AttemptAsync(mayReuse, stop);
                if (verdict.IsDone) return verdict.Elsewhere;
                mayReuse = request.MayRepeat;
                wait = verdict.Wait;
            }
            catch (BootFailure failure) when (_isStaleConnection && HttpRefusal.IsTrouble(failure.Kind))
            {
                mayReuse = false;   // the server had closed it while it was idle: nothing is wrong
                continue;
            }
            catch (BootFailure failure) when (_hasBegun && request.MayRepeat && HttpRefusal.IsTrouble(failure.Kind))
            {
                fruitless = target.ReceivedBytes > before ? 1 : fruitless + 1;
                if (fruitless > options.ResumesMax) throw GiveUp(failure);
                PrepareResume();
                progress.Resuming(failure.Message);
                wait = ResumeDelay(fruitless);
            }
            if (wait > Duration.Zero) await pump.Delay(wait, stop);
        }
        throw new BootFailure(HttpFailure.ConnectionLost, $"{request.Uri} broke off {AttemptsMax} times");
    }

    private async Task<Verdict> AttemptAsync(bool mayReuse, CancellationToken stop)
    {
        _isStaleConnection = false;
        HttpConnection connection = await pool.TakeAsync(host, port, mayReuse, stop);
        _isStaleConnection = connection.IsUsed;
        using var watchdog = new Watchdog(pump, stop);
        bool isAtEnd = false, isReusable = false;
        try
        {
            watchdog.Allow(options.FirstByteTimeout);
            ulong firstByte = target.ReceivedBytes;
            await connection.WriteAsync(request.Emit(firstByte, _validator, _sendsCredentials), watchdog.Token);
            HttpResponse response = await ReadResponseAsync(connection, watchdog);
            watchdog.Allow(options.SilenceTimeout);
            (Verdict verdict, isAtEnd) = await HandleAsync(response, firstByte, connection, watchdog);
            isReusable = isAtEnd && response.IsKeptAlive && response.IsDelimited && connection.BufferedBytes == 0;
            return verdict;
        }
        catch (OperationCanceledException) when (watchdog.HasBarked && !stop.IsCancellationRequested)
        {
            throw new BootFailure(HttpFailure.TimedOut, target.ReceivedBytes > 0
                ? $"{host} fell silent after {target.ReceivedBytes} bytes of {request.Uri}"
                : $"{host} did not answer the request for {request.Uri}");
        }
        finally
        {
            if (isReusable) pool.Give(connection);
            else if (isAtEnd) connection.Close();
            else connection.Abort();
        }
    }

    /// <summary>Reads the head of the next final response; interim ones (RFC 9110 section 15.2) are skipped.</summary>
    private async Task<HttpResponse> ReadResponseAsync(HttpConnection connection, Watchdog watchdog)
    {
        for (int interim = 0; interim <= InterimResponsesMax; interim++)
        {
            HttpResponse? response;
            while (!TryReadHead(connection, out response))
            {
                if (!await connection.ReadMoreAsync(watchdog.Token))
                    throw new BootFailure(HttpFailure.ConnectionLost,
                        $"{host} closed the connection instead of answering");
                _isStaleConnection = false;
                watchdog.Feed();
            }
            if (response!.Status >= 200) return response;
        }
        throw new BootFailure(HttpFailure.UnexpectedStatus,
            $"{host} sent {InterimResponsesMax} interim responses and no final one");
    }

    private bool TryReadHead(HttpConnection connection, out HttpResponse? response)
    {
        response = null;
        if (HttpHead.TryRead(connection.Buffered, out HttpHead head, out ParseError error))
        {
            response = HttpResponse.From(head, request.IsHead);
            connection.Consume(head.Bytes);
            return true;
        }
        if (error == ParseError.TooMany || connection.IsBufferFull)
            throw new BootFailure(HttpFailure.HeadTooLong, $"the head of {host}'s response is too long");
        if (error != ParseError.Incomplete)
            throw new BootFailure(HttpFailure.Malformed, $"{host} sent a malformed response ({error})");
        return false;
    }

    /// <summary>Decides what a response means, and whether its body has been read to the end.</summary>
    private async Task<(Verdict Verdict, bool IsAtEnd)> HandleAsync(
        HttpResponse response, ulong firstByte, HttpConnection connection, Watchdog watchdog)
    {
        if (response.HasOtherCoding)
            throw new BootFailure(HttpFailure.CodingNotSupported,
                $"{host} sent {request.Uri} in a coding we did not ask for");
        if (response.Status < 300) return await ReceiveAsync(response, firstByte, connection, watchdog);

        Verdict verdict = Judge(response, firstByte);
        return (verdict, await SkipBodyAsync(response, connection, watchdog));
    }

    /// <summary>What a response other than 2xx leads to; throws where it is the end.</summary>
    private Verdict Judge(HttpResponse response, ulong firstByte)
    {
        if (response.Location is not null)
        {
            BootUri elsewhere = BootUri.Parse(response.Location);
            if (firstByte > 0) target.Restart();
            return new Verdict(true, elsewhere);
        }
        if (response.Status == 401 && response.OffersBasic && request.HasCredentials && !_sendsCredentials)
        {
            _sendsCredentials = true;
            return Verdict.Again;
        }
        if (response.Status == 416 && firstByte > 0)
        {
            // Where we already have everything there is, only the end mark was lost.
            bool isAll = HttpRange.TryRead(response.ContentRange ?? "", out HttpRange range)
                && range.Total == firstByte;
            return isAll ? Verdict.Done : StartOver();
        }
        if (response.RetryAfter is not null && _retryAfters++ < RetryAfterMax)
        {
            bool isSeconds = uint.TryParse(response.RetryAfter, out uint seconds);
            if (!isSeconds) seconds = RetryAfterSecondsDefault;   // a date: we may not know today's
            return new Verdict(false, Wait: Duration.FromSeconds(Math.Min(seconds, RetryAfterSecondsMax)));
        }
        throw HttpRefusal.Of(response, request, _sendsCredentials);
    }

    private async Task<(Verdict Verdict, bool IsAtEnd)> ReceiveAsync(
        HttpResponse response, ulong firstByte, HttpConnection connection, Watchdog watchdog)
    {
        if (response.Status == 206 && firstByte == 0)
            throw new BootFailure(HttpFailure.Malformed,
                $"{host} sent a part of {request.Uri} though all was asked for");
        ulong? length = response.ContentLength;
        if (response.Status == 206)
        {
            if (!Continues(response, firstByte, out HttpRange range)) return (StartOver(), false);
            _total ??= range.Total;
            length = range.CountBytes;
        }
        else
        {
            if (firstByte > 0) CountRestart();
            Begin(response);
        }
        _hasBegun = true;
        if (response.HasNoBody) return (Verdict.Done, true);

        var body = new HttpBody(connection, target, progress, pump, watchdog) { Total = _total };
        if (response.IsChunked) await body.ReceiveChunksAsync();
        else if (length is { } countBytes) await body.ReceiveLengthAsync(countBytes);
        else await body.ReceiveUntilCloseAsync();

        if (_total is { } total && target.ReceivedBytes < total) return (Verdict.Again, true);   // a 206 may give less
        return (Verdict.Done, true);
    }

    /// <summary>Takes note of the version of the file that is now received from its first byte on.</summary>
    private void Begin(HttpResponse response)
    {
        if (target.ReceivedBytes > 0) target.Restart();
        _validator = response.EntityTag ?? response.LastModified;
        _total = response.HasNoBody ? null : response.ContentLength;
        if (_total is { } total) target.Expect(total);
    }

    /// <summary>Whether a 206 carries exactly what follows the bytes we have, of the same version.</summary>
    private bool Continues(HttpResponse response, ulong firstByte, out HttpRange range)
    {
        range = default;
        if (response.IsMultipart || !HttpRange.TryRead(response.ContentRange ?? "", out range)) return false;
        if (range.CountBytes == 0 || range.First != firstByte) return false;
        if (_total is not null && range.Total is not null && range.Total != _total) return false;
        if (_total is { } total && range.CountBytes > total - firstByte) return false;
        if (response.ContentLength is { } length && length != range.CountBytes) return false;
        return response.EntityTag is null || _validator is null || !_validator.StartsWith('"')
            || response.EntityTag == _validator;
    }

    /// <summary>Without a validator two halves might be of two files: rather begin again than boot a mixture.</summary>
    private void PrepareResume()
    {
        if (target.ReceivedBytes == 0 || _validator is not null) return;
        CountRestart();
        target.Restart();
    }

    private Verdict StartOver()
    {
        CountRestart();
        target.Restart();
        _validator = null;
        _total = null;
        return Verdict.Again;
    }

    private void CountRestart()
    {
        if (++_restarts > RestartsMax)
            throw new BootFailure(HttpFailure.KeepsChanging,
                $"{request.Uri} had to begin again more than {RestartsMax} times");
    }

    /// <summary>Reads past a short body nobody wants, so that its connection can be used again; false where that is not
    /// worth it.</summary>
    private static async Task<bool> SkipBodyAsync(HttpResponse response, HttpConnection connection, Watchdog watchdog)
    {
        if (response.HasNoBody) return true;
        if (response.ContentLength is not { } left || left > SkippedBytesMax || !response.IsKeptAlive) return false;
        try
        {
            while (left > 0)
            {
                if (connection.BufferedBytes == 0 && !await connection.ReadMoreAsync(watchdog.Token)) return false;
                int count = (int)Math.Min(left, (ulong)connection.BufferedBytes);
                connection.Consume(count);
                left -= (uint)count;
                watchdog.Feed();
            }
            return true;
        }
        catch (BootFailure)
        {
            return false;   // the response itself has come: how its unwanted body ends does not matter
        }
    }

    private Duration ResumeDelay(int fruitless)
    {
        Duration delay = options.ResumeDelay;
        for (int i = 1; i < fruitless && delay < options.ResumeDelayMax; i++) delay *= 2;
        return delay < options.ResumeDelayMax ? delay : options.ResumeDelayMax;
    }

    private BootFailure GiveUp(BootFailure last)
    {
        string whole = _total is { } total ? $" of {total}" : "";
        return new BootFailure(HttpRefusal.LastOf(last.Kind),
            $"{request.Uri} broke off after {target.ReceivedBytes}{whole} bytes and "
            + $"{options.ResumesMax} attempts to go on failed: {last.Message}", last);
    }
}
