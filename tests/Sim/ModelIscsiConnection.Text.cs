using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiConnection
{
    private const uint ListTag = 0x7e57;
    private int _listAt;

    private void HandleText(byte[] header, byte[] data)
    {
        Demand(TextRequestPdu.TryRead(header, out TextRequestPdu request, out _), "a text request");
        Demand(request.Sequence.ExpStatSn == _statSn, "the right ExpStatSN");
        Demand(request.Sequence.CmdSn == _expCmdSn, "the right CmdSN");
        if (!request.IsImmediate) _expCmdSn += 1;
        string text = Encoding.UTF8.GetString(data).TrimEnd('\0').Replace('\0', '|');
        target.TextRequests.Add(text);
        Demand(request.TargetTag == (_listAt == 0 ? PduHeader.NoTag : ListTag), "the right target transfer tag");
        Demand(text == (_listAt == 0 ? "SendTargets=All" : ""), "SendTargets=All, and empty requests for the rest");
        if (target.IsMuteToText) return;
        if (target.PingsBetween) Ping();
        byte[] list = target.TargetList.Length == 0
            ? [] : Encoding.UTF8.GetBytes(target.TargetList.Replace('|', '\0') + "\0");
        int end = Math.Min(list.Length, _listAt + target.ListPieceBytesMax);
        bool isLast = end == list.Length;
        byte[] response = new byte[PduHeader.Bytes];
        new TextResponsePdu
        {
            IsFinal = isLast, Continues = !isLast, InitiatorTag = request.InitiatorTag,
            TargetTag = isLast ? PduHeader.NoTag : ListTag, Sequence = Numbers(usesOne: true),
        }.Emit(response);
        Send(response, list.AsSpan(_listAt, end - _listAt));
        _listAt = isLast ? 0 : end;
    }

    private void HandleLogout(byte[] header)
    {
        Demand(LogoutRequestPdu.TryRead(header, out LogoutRequestPdu request, out _), "a logout request");
        target.Logouts++;
        if (target.IsMuteToLogout) return;
        byte[] response = new byte[PduHeader.Bytes];
        new LogoutResponsePdu { InitiatorTag = request.InitiatorTag, Sequence = Numbers(usesOne: true) }.Emit(response);
        Send(response, []);
        IsClosed = true;
    }

    /// <summary>Asks for a sign of life.</summary>
    private void Ping()
    {
        byte[] ping = new byte[PduHeader.Bytes];
        new NopInPdu
        {
            InitiatorTag = PduHeader.NoTag, TargetTag = 0x9119, Sequence = Numbers(usesOne: false),
        }.Emit(ping);
        Send(ping, []);
    }

    /// <summary>Whether it is the answer to such a ping.</summary>
    private bool TakePong(byte[] header)
    {
        if (!NopOutPdu.TryRead(header, out NopOutPdu pong, out _) || pong.InitiatorTag != PduHeader.NoTag) return false;
        Demand(pong.TargetTag == 0x9119 && pong.IsImmediate, "the answer to the ping");
        target.Pongs++;
        return true;
    }
}
