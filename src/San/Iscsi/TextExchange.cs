using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Text requests in full feature phase, one at a time (RFC 7143 sections 11.10 and 11.11), and the logout. No
/// commands run beside them.</summary>
internal sealed class TextExchange(IscsiLogin login, string server)
{
    private const int AnswerBytesMax = 1024 * 1024, PdusMax = 2048;

    private readonly byte[] _header = new byte[PduHeader.Bytes];
    private byte[] _answer = new byte[IscsiConnection.DefaultSegmentBytesMax];
    private int _answerBytes;
    private SeqNumber _cmdSn = login.Parameters.CmdSn;
    private SeqNumber _expStatSn = login.Parameters.ExpStatSn;
    private uint _tag = 1;
    private int _pdus;

    /// <summary>Asks one key and returns the whole answer, from however many PDUs; good until the next question.
    /// </summary>
    public async Task<ReadOnlyMemory<byte>> AskAsync(string key, string value, CancellationToken stop)
    {
        _tag++;
        _answerBytes = 0;
        await SendAsync(WriteQuestion(key, value), PduHeader.NoTag, 0, stop);
        while (true)
        {
            TextResponsePdu response = await ReceiveAsync(stop);
            await TakeTextAsync(stop);
            if (response.IsFinal) return _answer.AsMemory(0, _answerBytes);
            if (response.TargetTag == PduHeader.NoTag) throw Failed("breaks off its list");
            await SendAsync(default, response.TargetTag, response.Lun, stop);
        }
    }

    /// <summary>Ends the session and waits for the target to say so.</summary>
    public async Task LogOutAsync(CancellationToken stop)
    {
        new LogoutRequestPdu
        {
            IsImmediate = true,
            Reason = LogoutRequestPdu.CloseSession,
            InitiatorTag = ++_tag,
            Sequence = new InitiatorSequence(_cmdSn, _expStatSn),
        }.Emit(_header);
        await login.Connection.WriteAsync(_header, default, stop);
        while (await NextAsync(stop) != IscsiOpcode.LogoutResponse)
        {
        }
    }

    /// <summary>A failure of the discovery.</summary>
    public BootFailure Failed(string how) => new(SanFailure.DiscoveryFailed, $"The iSCSI server {server} {how}");

    private static byte[] WriteQuestion(string key, string value)
    {
        byte[] text = new byte[key.Length + value.Length + 2];
        var writer = new IscsiTextWriter(text);
        Check.That(writer.TryAdd(key, value));
        return text;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> text, uint targetTag, ulong lun, CancellationToken stop)
    {
        new TextRequestPdu
        {
            IsFinal = true,
            Lun = lun,
            InitiatorTag = _tag,
            TargetTag = targetTag,
            Sequence = new InitiatorSequence(_cmdSn, _expStatSn),
            DataBytes = text.Length,
        }.Emit(_header);
        _cmdSn += 1;
        await login.Connection.WriteAsync(_header, text, stop);
    }

    private async Task<TextResponsePdu> ReceiveAsync(CancellationToken stop)
    {
        byte opcode = await NextAsync(stop);
        if (opcode == IscsiOpcode.Reject) throw Failed("rejects the question for its targets");
        if (opcode == IscsiOpcode.Async) throw Failed("ends the discovery session");
        if (!TextResponsePdu.TryRead(login.Connection.Header, out TextResponsePdu response, out _)
            || response.InitiatorTag != _tag)
            throw Failed("answers the question for its targets with something else");
        return response;
    }

    /// <summary>Goes to the next PDU that is not a ping, and answers the pings before it.</summary>
    private async Task<byte> NextAsync(CancellationToken stop)
    {
        while (true)
        {
            if (++_pdus > PdusMax) throw Failed("does not come to an end");
            if (!await login.Connection.ReadHeaderAsync(stop)) throw Failed("closed the connection");
            PduHeader.TryRead(login.Connection.Header, out PduHeader header, out _);
            byte opcode = header.Opcode;
            if (opcode != IscsiOpcode.NopIn)
            {
                _expStatSn = header.TargetSequence.StatSn + 1;
                return opcode;
            }
            if (header.TargetTag != PduHeader.NoTag) await AnswerPingAsync(stop);
        }
    }

    private async Task AnswerPingAsync(CancellationToken stop)
    {
        NopInPdu.TryRead(login.Connection.Header, out NopInPdu ping, out _);
        new NopOutPdu
        {
            IsImmediate = true,
            Lun = ping.Lun,
            InitiatorTag = PduHeader.NoTag,
            TargetTag = ping.TargetTag,
            Sequence = new InitiatorSequence(_cmdSn, _expStatSn),
        }.Emit(_header);
        await login.Connection.WriteAsync(_header, default, stop);
    }

    private async Task TakeTextAsync(CancellationToken stop)
    {
        int bytes = login.Connection.UnreadDataBytes;
        if (bytes > AnswerBytesMax - _answerBytes) throw Failed("lists more targets than there can be");
        if (bytes > _answer.Length - _answerBytes)
            Array.Resize(ref _answer, Math.Max(2 * _answer.Length, _answerBytes + bytes));
        await login.Connection.ReadDataAsync(_answer.AsMemory(_answerBytes, bytes), stop);
        _answerBytes += bytes;
    }
}
