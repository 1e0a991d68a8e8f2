using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The steps of one login as question and answer: text goes out in a request, the target's text comes back
/// whole, from however many PDUs it was in. A status other than success becomes a failure or a <see
/// cref="LoginRedirect"/> here.</summary>
internal sealed class LoginExchange(IscsiConnection connection, string peer, Isid isid)
{
    /// <summary>The first CmdSN of a session. Login requests are immediate and use up none.</summary>
    public static readonly SeqNumber FirstCmdSn = new(1);

    /// <summary>Enough for every stage with room to spare.</summary>
    private const int PdusMax = 64;
    private const int TextBytesMax = 64 * 1024;
    private const uint Tag = 1;

    private readonly byte[] _header = new byte[PduHeader.Bytes];
    private byte[] _answer = new byte[1024];
    private int _answerBytes;
    private int _pdus;
    private bool _isReady;   // for the next stage, as far as we are concerned

    /// <summary>Security, then operational, then full feature.</summary>
    public byte Stage { get; private set; } = LoginStage.Security;

    /// <summary>The text of the last answer; the next step overwrites it.</summary>
    public ReadOnlySpan<byte> Answer => _answer.AsSpan(0, _answerBytes);

    /// <summary>The numbers of the last answer.</summary>
    public TargetSequence Sequence { get; private set; }

    /// <summary>The target's handle of the session, known at the end.</summary>
    public ushort SessionHandle { get; private set; }

    /// <summary>The status of the last answer.</summary>
    public ushort Status { get; private set; }

    /// <summary>Who it is in failures.</summary>
    public string Peer => peer;

    private byte NextStage => Stage == LoginStage.Security ? LoginStage.Operational : LoginStage.FullFeature;

    /// <summary>Sends text and receives the answer. With <paramref name="transits"/> we are ready for the next stage,
    /// and <see cref="Stage"/> tells whether the target is, too. LIO takes it amiss while our side of the exchange is
    /// not complete.</summary>
    public async Task StepAsync(ReadOnlyMemory<byte> text, bool transits, CancellationToken stop)
    {
        _answerBytes = 0;
        _isReady = transits;
        LoginResponsePdu response = await RoundAsync(text, transits, stop);
        // An empty request fetches more text and says nothing else; a target may yet remember that we are ready.
        while (response.Continues) response = await RoundAsync(default, transits: false, stop);
        if (!IscsiText.TryRead(Answer, out _, out _)) throw Broken("its login text is malformed");
        if (response.Transits) Stage = NextStage;
    }

    /// <summary>Whether the answer has that key, and its value.</summary>
    public bool TryFind(string key, out ReadOnlySpan<byte> value)
    {
        value = default;
        return IscsiText.TryRead(Answer, out IscsiText text, out _) && text.TryFind(key, out value);
    }

    /// <summary>The target does what the protocol does not allow.</summary>
    public BootFailure Broken(string how) =>
        new(SanFailure.ProtocolError, $"The iSCSI target at {peer} broke the protocol: {how}");

    /// <summary>One request and one response.</summary>
    private async Task<LoginResponsePdu> RoundAsync(ReadOnlyMemory<byte> text, bool transits, CancellationToken stop)
    {
        Check.That(text.Length <= IscsiConnection.DefaultSegmentBytesMax);
        if (++_pdus > PdusMax) throw Broken("the login does not come to an end");
        new LoginRequestPdu
        {
            Stage = Stage,
            Transits = transits,
            NextStage = transits ? NextStage : (byte)0,
            Isid = isid,
            Tsih = 0,
            InitiatorTag = Tag,
            Sequence = new InitiatorSequence(FirstCmdSn, _pdus == 1 ? default : Sequence.StatSn + 1),
            DataBytes = text.Length,
        }.Emit(_header);
        await connection.WriteAsync(_header, text, stop);
        if (!await connection.ReadHeaderAsync(stop))
        {
            throw new BootFailure(SanFailure.ConnectionClosed,
                $"The iSCSI target at {peer} closed the connection during the login");
        }
        LoginResponsePdu response = ReadResponse();
        Status = response.Status;
        await TakeTextAsync(stop);
        if (LoginStatus.Class(response.Status) != LoginStatus.Success) throw Refusal(response.Status);
        Sequence = response.Sequence;
        SessionHandle = response.Tsih;
        return response;
    }

    private LoginResponsePdu ReadResponse()
    {
        PduHeader.TryRead(connection.Header, out PduHeader header, out _);
        if (header.Opcode == IscsiOpcode.Reject) throw Broken("it rejects a login request");
        if (!LoginResponsePdu.TryRead(connection.Header, out LoginResponsePdu response, out ParseError error))
        {
            throw Broken(
                error == ParseError.BadKind ? "no login response comes back" : "its login response is malformed");
        }
        if (response.InitiatorTag != Tag) throw Broken("its response belongs to no login of ours");
        if (LoginStatus.Class(response.Status) != LoginStatus.Success) return response;
        if (response.Stage != Stage) throw Broken("its response belongs to another stage");
        if (response.Transits && !_isReady) throw Broken("it ends a stage that we have not finished");
        if (response.Transits && response.NextStage != NextStage) throw Broken("it goes to a stage we did not ask for");
        return response;
    }

    private async Task TakeTextAsync(CancellationToken stop)
    {
        int bytes = connection.UnreadDataBytes;
        if (bytes > TextBytesMax - _answerBytes) throw Broken("its login text does not come to an end");
        if (bytes > _answer.Length - _answerBytes)
            Array.Resize(ref _answer, Math.Max(2 * _answer.Length, _answerBytes + bytes));
        await connection.ReadDataAsync(_answer.AsMemory(_answerBytes, bytes), stop);
        _answerBytes += bytes;
    }

    private Exception Refusal(ushort status)
    {
        if (status is LoginStatus.MovedTemporarily or LoginStatus.MovedPermanently) return Redirection();
        return status switch
        {
            LoginStatus.AuthenticationFailure => Refused(SanFailure.AuthenticationFailed, "refused our credentials"),
            LoginStatus.Forbidden => Refused(SanFailure.NotAuthorized, "is not for this initiator"),
            LoginStatus.NotFound => Refused(SanFailure.TargetNotFound, "is not known there"),
            LoginStatus.Removed => Refused(SanFailure.TargetRemoved, "has been removed"),
            LoginStatus.ServiceUnavailable => Refused(SanFailure.TargetUnavailable, "cannot take a login now"),
            LoginStatus.OutOfResources => Refused(SanFailure.TargetUnavailable, "has no room for another session"),
            _ => Refused(SanFailure.LoginRefused, $"refused the login with status {status:x4}"),
        };
    }

    private BootFailure Refused(FailureKind kind, string how) => new(kind, $"The iSCSI target at {peer} {how}");

    private Exception Redirection()
    {
        if (TryFind("TargetAddress", out ReadOnlySpan<byte> value)
            && TargetAddress.TryParse(Encoding.UTF8.GetString(value), out TargetAddress target))
            return new LoginRedirect(target);
        return new BootFailure(SanFailure.BadRedirect, $"The iSCSI target at {peer} redirects to a malformed address");
    }
}
