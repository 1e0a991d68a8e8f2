using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiConnection
{
    private enum Chap { NotBegun, ChoosesAlgorithm, AwaitsResponse, Done }

    private readonly Dictionary<string, string> _first = [];
    private readonly Queue<byte[]> _pieces = new();
    private readonly byte[] _challenge = new byte[24];
    private Chap _chap;
    private int _algorithm;
    private int _step;
    private bool _isDiscovery;
    private bool _isAuthentic;
    private ModelLoginReply? _unsent;   // its text is still going out in pieces

    /// <summary>The ISID of the login.</summary>
    public Isid Isid { get; private set; }

    /// <summary>The target's handle of the session.</summary>
    public ushort SessionHandle { get; private set; }

    /// <summary>The initiator's name.</summary>
    public string InitiatorName => _first.GetValueOrDefault("InitiatorName", "");

    /// <summary>Everything that was settled, by key.</summary>
    public Dictionary<string, string> Settled { get; } = [];

    private void HandleLogin(byte[] header, byte[] data)
    {
        bool isRead = LoginRequestPdu.TryRead(header, out LoginRequestPdu request, out ParseError error);
        Demand(isRead, $"a login request: {error}");
        Demand((header[0] & 0x40) != 0, "an immediate login request");
        Demand(request.Tsih == 0, "a new session");
        if (_step > 0 || _unsent is not null) Demand(request.Isid == Isid, "the ISID of before");
        if (_step > 0) Demand(request.Sequence.ExpStatSn == _statSn, "the right ExpStatSN");
        (Isid, _expCmdSn) = (request.Isid, request.Sequence.CmdSn);
        if (target.IsMute) return;
        if (_pieces.Count > 0)
        {
            Demand(data.Length == 0 && !request.Transits, "an empty request for the next piece of text");
            SendPiece(request);
            return;
        }
        string text = Encoding.UTF8.GetString(data);
        Demand(text.Length == 0 || text[^1] == '\0', "text that ends with a NUL");
        string next = request.Transits ? $">{request.NextStage}" : "";
        string line = $"{request.Stage}{next} {text.TrimEnd('\0').Replace('\0', '|')}";
        target.LoginRequests.Add(line);
        var reply = new ModelLoginReply(_step++, line) { Stage = request.Stage, Tag = request.InitiatorTag };
        reply = Decide(request, Pairs(text), reply);
        if (target.Twist is { } twist) reply = twist(reply);
        Answer(request, reply);
    }

    private ModelLoginReply Decide(
        in LoginRequestPdu request, List<(string Key, string Value)> pairs, ModelLoginReply reply)
    {
        if (reply.Step == 0)
        {
            foreach ((string key, string value) in pairs) _first[key] = value;
            _isDiscovery = _first.GetValueOrDefault("SessionType") == "Discovery";
            Demand(InitiatorName.Length > 0, "an InitiatorName");
            if (target.LoginStatus is 0x0101 or 0x0102)
                return reply with { Status = target.LoginStatus, Text = $"TargetAddress={target.RedirectsTo}" };
            if (target.LoginStatus != 0) return reply with { Status = target.LoginStatus };
            if (!_isDiscovery && _first.GetValueOrDefault("TargetName") != target.Name)
                return reply with { Status = 0x0203 };
        }
        return request.Stage == LoginStage.Security
            ? DecideSecurity(request, pairs, reply)
            : DecideOperational(request, pairs, reply);
    }

    private ModelLoginReply DecideSecurity(
        in LoginRequestPdu request, List<(string Key, string Value)> pairs, ModelLoginReply reply)
    {
        if (reply.Step == 0)
        {
            string[] methods = _first.GetValueOrDefault("AuthMethod", "None").Split(',');
            string method = target.UserName is null ? "None" : "CHAP";
            if (!methods.Contains(method)) return reply with { Status = 0x0201 };
            if (method == "CHAP") _chap = Chap.ChoosesAlgorithm;
            else _isAuthentic = true;
            string tag = _isDiscovery ? "" : $"TargetPortalGroupTag={target.PortalGroupTag}|";
            reply = reply with { Text = $"{tag}AuthMethod={method}" };
        }
        else if (_chap == Chap.ChoosesAlgorithm) reply = Challenge(pairs, reply);
        else if (_chap == Chap.AwaitsResponse) reply = Authenticate(pairs, reply);
        else if (_chap == Chap.Done) return reply with { Status = 0x0200 };   // as tgt: all is said
        // as LIO: the initiator may not be ready while the exchange is not complete
        if (reply.Status == 0 && request.Transits && !_isAuthentic) return reply with { Status = 0x0200, Text = "" };
        return request.Transits ? reply with { NextStage = LoginStage.Operational } : reply;
    }

    private ModelLoginReply Challenge(List<(string Key, string Value)> pairs, ModelLoginReply reply)
    {
        string[] offered = Value(pairs, "CHAP_A").Split(',');
        _algorithm = offered.Select(int.Parse).FirstOrDefault(target.ChapAlgorithms.Contains);
        if (_algorithm == 0 || (target.WantsMd5Alone && offered is not ["5"])) return reply with { Status = 0x0201 };
        _chap = Chap.AwaitsResponse;
        for (int i = 0; i < _challenge.Length; i++) _challenge[i] = (byte)(0xc0 + i);
        string text = $"CHAP_A={_algorithm}|CHAP_I=199|CHAP_C=0x{Convert.ToHexString(_challenge)}";
        return reply with { Text = text };
    }

    private ModelLoginReply Authenticate(List<(string Key, string Value)> pairs, ModelLoginReply reply)
    {
        string response = Value(pairs, "CHAP_R"), expected = Response(199, target.Password!, _challenge);
        if (response.Length != expected.Length) return reply with { Status = 0x0200 };
        if (Value(pairs, "CHAP_N") != target.UserName || !response.Equals(expected, StringComparison.OrdinalIgnoreCase))
            return reply with { Status = 0x0201 };
        _chap = Chap.Done;
        _isAuthentic = true;
        if (!pairs.Any(pair => pair.Key == "CHAP_C")) return reply;
        if (target.ReverseUserName is null) return reply with { Status = 0x0201 };
        byte[] challenge = Convert.FromHexString(Value(pairs, "CHAP_C")[2..]);
        byte identifier = byte.Parse(Value(pairs, "CHAP_I"));
        return reply with
        {
            Text = $"CHAP_N={target.ReverseUserName}|CHAP_R={Response(identifier, target.ReversePassword!, challenge)}",
        };
    }

    /// <summary>The CHAP response with the algorithm chosen.</summary>
    public string Response(byte identifier, string secret, byte[] challenge)
    {
        byte[] message = [identifier, .. Encoding.UTF8.GetBytes(secret), .. challenge];
        byte[] hash = _algorithm switch
        {
            5 => MD5.HashData(message),
            7 when target.TakesSevenForSha1 => SHA1.HashData(message),
            6 => SHA1.HashData(message),
            7 => SHA256.HashData(message),
            _ => SHA3_256.HashData(message),
        };
        return $"0x{Convert.ToHexString(hash)}";
    }

    private ModelLoginReply DecideOperational(
        in LoginRequestPdu request, List<(string Key, string Value)> pairs, ModelLoginReply reply)
    {
        var results = new List<string>();
        foreach ((string key, string value) in pairs)
        {
            if (value is "NotUnderstood" or "Irrelevant") continue;
            string? result = Negotiate(key, value);
            Settled[key] = result ?? value;
            if (result is not null) results.Add($"{key}={result}");
        }
        if (pairs.Count > 0) results.Add($"MaxRecvDataSegmentLength={target.ReceiveSegmentBytesMax}");
        reply = reply with { Text = string.Join('|', results) };
        return request.Transits ? reply with { NextStage = LoginStage.FullFeature } : reply;
    }

    /// <summary>The result of what was offered; null: a declaration, which has none.</summary>
    private string? Negotiate(string key, string value) => key switch
    {
        "HeaderDigest" or "DataDigest" => value.Split(',').FirstOrDefault(target.Digests.Contains) ?? "Reject",
        "MaxRecvDataSegmentLength" => null,
        "MaxBurstLength" => Least(value, target.MaxBurstBytes),
        "FirstBurstLength" => Least(value, target.FirstBurstBytes),
        "MaxOutstandingR2T" => Least(value, target.MaxOutstandingR2T),
        "DefaultTime2Retain" => Least(value, target.Time2Retain),
        "DefaultTime2Wait" => $"{Math.Max(int.Parse(value), target.Time2Wait)}",
        "InitialR2T" => target.InitialR2T || value == "Yes" ? "Yes" : "No",
        "ImmediateData" => target.ImmediateData && value == "Yes" ? "Yes" : "No",
        "DataPDUInOrder" or "DataSequenceInOrder" => "Yes",
        "ErrorRecoveryLevel" => "0",
        "MaxConnections" => "1",
        _ => "NotUnderstood",
    };

    private static string Least(string value, int ours) => $"{Math.Min(int.Parse(value), ours)}";

    private void Answer(in LoginRequestPdu request, ModelLoginReply reply)
    {
        if (reply.Closes)
        {
            IsClosed = true;
            return;
        }
        string text = reply.Text.Length == 0 ? "" : reply.Text.Replace('|', '\0') + "\0";
        byte[] bytes = reply.Bytes ?? Encoding.UTF8.GetBytes(text);
        _unsent = reply;
        for (int at = 0; at < bytes.Length; at += target.LoginPieceBytesMax)
            _pieces.Enqueue(bytes[at..Math.Min(bytes.Length, at + target.LoginPieceBytesMax)]);
        if (_pieces.Count == 0) _pieces.Enqueue([]);
        SendPiece(request);
    }

    private void SendPiece(in LoginRequestPdu request)
    {
        ModelLoginReply reply = _unsent!;
        byte[] piece = _pieces.Dequeue();
        bool isLast = _pieces.Count == 0, transits = isLast && reply.NextStage is not null;
        bool ends = transits && reply.NextStage == LoginStage.FullFeature && reply.Status == 0;
        if (ends) SessionHandle = target.NextSessionHandle++;
        byte[] header = new byte[PduHeader.Bytes];
        new LoginResponsePdu
        {
            Transits = transits, Continues = !isLast || reply.Continues, Stage = reply.Stage,
            NextStage = transits ? reply.NextStage!.Value : (byte)0, Isid = request.Isid, Tsih = SessionHandle,
            InitiatorTag = reply.Tag, Sequence = Numbers(usesOne: true), Status = reply.Status,
        }.Emit(header);
        if (reply.Opcode is { } opcode) header[0] = opcode;
        Send(header, piece);
        if (reply.Status != 0) IsClosed = true;
        if (!ends) return;
        IsFullFeature = true;
        HasHeaderDigest = Settled.GetValueOrDefault("HeaderDigest") == "CRC32C";
        HasDataDigest = Settled.GetValueOrDefault("DataDigest") == "CRC32C";
    }

    private static List<(string Key, string Value)> Pairs(string text) =>
        [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]))];

    private static string Value(List<(string Key, string Value)> pairs, string key) =>
        pairs.Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault("");
}
