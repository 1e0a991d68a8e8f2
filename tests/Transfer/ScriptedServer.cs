using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>What a scripted server does next on a connection.</summary>
public abstract record Step
{
    /// <summary>Sends bytes; one read sees at most one such piece.</summary>
    public sealed record Send(byte[] Bytes) : Step;

    /// <summary>Closes in good order.</summary>
    public sealed record Close : Step;

    /// <summary>Resets the connection.</summary>
    public sealed record Reset : Step;

    /// <summary>Ends without the goodbye that TLS wants.</summary>
    public sealed record Cut : Step;

    /// <summary>Never says anything again.</summary>
    public sealed record Hang : Step;

    /// <summary>Lets time pass.</summary>
    public sealed record Wait(Duration Length) : Step;

    public static implicit operator Step(string text) => new Send(Encoding.Latin1.GetBytes(text));
    public static implicit operator Step(byte[] bytes) => new Send(bytes);
}

/// <summary>A server in memory: an answer, as steps, to each request; and what it has been asked.</summary>
public sealed class ScriptedServer(Pump pump) : IStreamConnector
{
    private readonly Queue<Step[]> _answers = new();

    /// <summary>All requests, whatever connection they came on.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>host:port of each connection made.</summary>
    public List<string> Connections { get; } = [];

    public int OpenCount { get; private set; }

    public int Generation { get; set; }

    /// <summary>Connection attempts fail from the one with this number on.</summary>
    public int RefusesFrom { get; set; } = int.MaxValue;

    /// <summary>Answers by a function of the request instead of the list.</summary>
    public Func<string, Step[]>? Answer { get; set; }

    public void Add(params Step[] answer) => _answers.Enqueue(answer);

    public Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop)
    {
        if (Connections.Count >= RefusesFrom) throw new BootFailure(NetFailure.ConnectionRefused);
        Connections.Add($"{host}:{port}");
        OpenCount++;
        return Task.FromResult<IByteStream>(new Stream(this));
    }

    private Step[] Next(string request)
    {
        Requests.Add(request);
        if (Answer is not null) return Answer(request);
        Assert.True(_answers.Count > 0, "a request too many: " + request);
        return _answers.Dequeue();
    }

    private sealed class Stream(ScriptedServer server) : IByteStream
    {
        private readonly Queue<Step> _steps = new();
        private string _request = "";
        private byte[] _piece = [];
        private bool _isOpen = true;

        public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
        {
            Assert.True(_isOpen, "read of a closed connection");
            Assert.True(target.Length > 0);
            while (_piece.Length == 0)
            {
                if (_steps.Count == 0) return await Never(stop);
                switch (_steps.Peek())
                {
                    case Step.Send send:
                        _steps.Dequeue();
                        _piece = send.Bytes;
                        break;
                    case Step.Close:
                        return 0;
                    case Step.Reset:
                        throw new BootFailure(NetFailure.ConnectionReset);
                    case Step.Cut:
                        throw new BootFailure(TlsFailure.Truncated);
                    case Step.Hang:
                        return await Never(stop);
                    case Step.Wait wait:
                        _steps.Dequeue();
                        await server.Pump.Delay(wait.Length, stop);
                        break;
                }
            }
            int count = Math.Min(target.Length, _piece.Length);
            _piece.AsSpan(0, count).CopyTo(target.Span);
            _piece = _piece[count..];
            return count;
        }

        public async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop)
        {
            int total = 0;
            while (total < target.Length)
            {
                int count = await ReadAsync(target[total..], stop);
                if (count == 0) break;
                total += count;
            }
            return total;
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
        {
            Assert.True(_isOpen, "write to a closed connection");
            if (_steps.Count > 0 && _steps.Peek() is Step.Reset) throw new BootFailure(NetFailure.ConnectionReset);
            if (_steps.Count > 0 && _steps.Peek() is Step.Close or Step.Cut) return default;
            _request += Encoding.Latin1.GetString(source.Span);
            if (!IsWhole(_request)) return default;
            foreach (Step step in server.Next(_request)) _steps.Enqueue(step);
            _request = "";
            return default;
        }

        private static bool IsWhole(string request)
        {
            int headEnd = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            string length = HttpTalk.Header(request, "Content-Length");
            return headEnd >= 0 && request.Length - headEnd - 4 == (length.Length > 0 ? int.Parse(length) : 0);
        }

        public void Close() => End();

        public void Abort() => End();

        private void End()
        {
            if (_isOpen) server.OpenCount--;
            _isOpen = false;
        }

        private static async Task<int> Never(CancellationToken stop)
        {
            var never = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = stop.Register(() => never.TrySetCanceled(stop));
            return await never.Task;
        }
    }

    private Pump Pump => pump;
}
