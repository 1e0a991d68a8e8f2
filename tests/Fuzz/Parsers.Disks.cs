using System;
using System.Text;
using Bootlace.San;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of what disks over the network say: iSCSI and SCSI.</summary>
internal static partial class Parsers
{
    private static FuzzRow[] Disks =>
    [
        new("IscsiPdu", IscsiPdu, IscsiSamples.NopIn, IscsiSamples.ScsiCommand, IscsiSamples.ScsiResponse,
            IscsiSamples.TaskResponse, IscsiSamples.LoginRequest, IscsiSamples.LoginResponse, IscsiSamples.TextResponse,
            IscsiSamples.DataOut, IscsiSamples.DataIn, IscsiSamples.LogoutResponse, IscsiSamples.ReadyToTransfer,
            IscsiSamples.Async, IscsiSamples.Reject) { IsWhole = true },
        new("IscsiText", IscsiPairs, IscsiSamples.Text, "A=\0\0B==1\0"u8.ToArray()),
        new("IscsiBinary", Binary, "0x0123456789abcdef"u8.ToArray(), "0bAAECAwQ="u8.ToArray()),
        new("RootPath", Text(Root), "iscsi:[2001:db8::1]::3260:1-0-2:iqn.2025-01.lan:disk"u8.ToArray(),
            "iscsi:10.0.2.2:6:::iqn.a"u8.ToArray()),
        new("TargetAddress", Text(Portal), "[2001:db8::1]:3260,1"u8.ToArray(), "san.test:860,65535"u8.ToArray(),
            "10.0.2.2"u8.ToArray()),
        new("Lun", Text(Lun), "4752-3A4F-6b7e-2F99"u8.ToArray(), "1"u8.ToArray()),
        new("SenseData", Sense, [0, 18, 0x70, 0, 6, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x29, 0, 0, 0, 0, 0],
            [0, 8, 0x72, 5, 0x24, 1, 0, 0, 0, 0]),
        new("DiskCapacity", Capacity, [0, 0, 0, 1, 0xdc, 0xf3, 0x2a, 0xfe, 0, 0, 2, 0, 0, 3, 0x40, 0],
            [0, 0, 0x10, 0, 0, 0, 0x10, 0]),
        new("ScsiAnswers", Answers, [0, 0, 0, 16, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x41, 0x23, 0, 2, 0, 0, 0, 0],
            [0, 0xb0, 0, 12, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
    ];

    /// <summary>Whatever kind is read is written and read again as the same.</summary>
    private static bool IscsiPdu(ReadOnlySpan<byte> bytes)
    {
        if (!PduHeader.TryRead(bytes, out PduHeader header, out ParseError error)) return Refused(error);
        See(header.AhsBytes + header.DataBytesPadded + header.Flags + (int)(header.InitiatorTag ^ header.TargetTag));
        Span<byte> again = stackalloc byte[PduHeader.Bytes];
        switch (header.Opcode)
        {
            case IscsiOpcode.NopIn when NopInPdu.TryRead(bytes, out NopInPdu pdu, out _):
                pdu.Emit(again);
                return NopInPdu.TryRead(again, out NopInPdu same, out _) && IsSame(same == pdu);
            case IscsiOpcode.ScsiCommand when ScsiCommandPdu.TryRead(bytes, out ScsiCommandPdu pdu, out _):
                pdu.Emit(again);
                See((int)(pdu.Cdb.BlockCount + pdu.Cdb.AllocationBytes + pdu.Cdb.FirstBlock));
                return ScsiCommandPdu.TryRead(again, out ScsiCommandPdu command, out _) && IsSame(command == pdu);
            case IscsiOpcode.ScsiResponse when ScsiResponsePdu.TryRead(bytes, out ScsiResponsePdu pdu, out _):
                pdu.Emit(again);
                return ScsiResponsePdu.TryRead(again, out ScsiResponsePdu response, out _) && IsSame(response == pdu);
            case IscsiOpcode.TaskResponse when TaskResponsePdu.TryRead(bytes, out TaskResponsePdu pdu, out _):
                pdu.Emit(again);
                return TaskResponsePdu.TryRead(again, out TaskResponsePdu task, out _) && IsSame(task == pdu);
            case IscsiOpcode.LoginRequest when LoginRequestPdu.TryRead(bytes, out LoginRequestPdu pdu, out _):
                pdu.Emit(again);
                return LoginRequestPdu.TryRead(again, out LoginRequestPdu login, out _) && IsSame(login == pdu);
            case IscsiOpcode.LoginResponse when LoginResponsePdu.TryRead(bytes, out LoginResponsePdu pdu, out _):
                pdu.Emit(again);
                return LoginResponsePdu.TryRead(again, out LoginResponsePdu reply, out _) && IsSame(reply == pdu);
            case IscsiOpcode.TextResponse when TextResponsePdu.TryRead(bytes, out TextResponsePdu pdu, out _):
                pdu.Emit(again);
                return TextResponsePdu.TryRead(again, out TextResponsePdu text, out _) && IsSame(text == pdu);
            case IscsiOpcode.DataOut when DataOutPdu.TryRead(bytes, out DataOutPdu pdu, out _):
                pdu.Emit(again);
                return DataOutPdu.TryRead(again, out DataOutPdu data, out _) && IsSame(data == pdu);
            case IscsiOpcode.DataIn when DataInPdu.TryRead(bytes, out DataInPdu pdu, out _):
                pdu.Emit(again);
                return DataInPdu.TryRead(again, out DataInPdu dataIn, out _) && IsSame(dataIn == pdu);
            case IscsiOpcode.LogoutResponse when LogoutResponsePdu.TryRead(bytes, out LogoutResponsePdu pdu, out _):
                pdu.Emit(again);
                return LogoutResponsePdu.TryRead(again, out LogoutResponsePdu end, out _) && IsSame(end == pdu);
            case IscsiOpcode.ReadyToTransfer when ReadyToTransferPdu.TryRead(bytes, out ReadyToTransferPdu pdu, out _):
                pdu.Emit(again);
                return ReadyToTransferPdu.TryRead(again, out ReadyToTransferPdu ready, out _) && IsSame(ready == pdu);
            case IscsiOpcode.Async when AsyncPdu.TryRead(bytes, out AsyncPdu pdu, out _):
                pdu.Emit(again);
                return AsyncPdu.TryRead(again, out AsyncPdu message, out _) && IsSame(message == pdu);
            case IscsiOpcode.Reject when RejectPdu.TryRead(bytes, out RejectPdu pdu, out _):
                pdu.Emit(again);
                return RejectPdu.TryRead(again, out RejectPdu reject, out _) && IsSame(reject == pdu);
            default:
                return false;
        }
    }

    private static bool IscsiPairs(ReadOnlySpan<byte> bytes)
    {
        if (!IscsiText.TryRead(bytes, out IscsiText text, out ParseError error)) return Refused(error);
        Span<byte> room = stackalloc byte[16];
        foreach (IscsiTextPair pair in text)
        {
            Check.That(pair.Key.Length is > 0 and <= IscsiText.KeyBytesMax);
            Check.That(text.TryFind(Encoding.ASCII.GetString(pair.Key), out _));
            See(pair.Value);
            See(pair.Text.Length);
            if (IscsiBinary.TryReadNumber(pair.Value, out ulong number)) See((int)number);
            if (IscsiBinary.TryRead(pair.Value, room, out int count, out _)) See(room[..count]);
        }
        return true;
    }

    private static bool Binary(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = stackalloc byte[32];
        for (int size = 0; size < room.Length; size++)
        {
            bool fits = IscsiBinary.TryRead(bytes, room[..size], out int count, out _);
            Check.That(fits ? count > 0 && count <= size : count == 0);
        }
        return IscsiBinary.TryRead(bytes, room, out _, out ParseError error) || Refused(error);
    }

    private static bool Root(string text)
    {
        try
        {
            RootPath path = RootPath.Parse(text);
            Check.That(RootPath.Parse(path.ToString()) == path);
            return true;
        }
        catch (BootFailure)
        {
            return false;
        }
    }

    private static bool Portal(string text)
    {
        if (!TargetAddress.TryParse(text, out TargetAddress address)) return false;
        return IsSame(TargetAddress.TryParse(address.ToString(), out TargetAddress again) && again == address);
    }

    private static bool Lun(string text)
    {
        if (!LunText.TryParse(text, out ulong lun)) return false;
        return IsSame(LunText.TryParse(LunText.Format(lun), out ulong again) && again == lun);
    }

    private static bool Sense(ReadOnlySpan<byte> bytes)
    {
        if (SenseData.TryRead(bytes, out SenseData alone, out _)) See(alone.Key + alone.Code);
        if (!SenseData.TryReadSegment(bytes, out SenseData sense, out ParseError error)) return Refused(error);
        return See(SenseKey.NameOf(sense.Key).Length + sense.Code);
    }

    private static bool Capacity(ReadOnlySpan<byte> bytes)
    {
        if (DiskCapacity.TryRead10(bytes, out DiskCapacity small, out _)) Check.That(small.BlockCount > 0);
        bool isRead = DiskCapacity.TryRead16(bytes, out DiskCapacity large, out ParseError error);
        if (isRead) Check.That(large.BlockCount > 0 && large.BlockCount <= ulong.MaxValue / large.BlockBytes);
        return isRead || small.BlockCount > 1 || Refused(error);
    }

    private static bool Answers(ReadOnlySpan<byte> bytes)
    {
        if (InquiryData.TryRead(bytes, out InquiryData inquiry, out _)) See(inquiry.Kind);
        if (ModeParameters.TryRead6(bytes, out ModeParameters mode, out _)) See(mode.IsWriteProtected ? 1 : 0);
        if (ModeParameters.TryRead10(bytes, out mode, out _)) See(mode.IsWriteProtected ? 1 : 0);
        if (BlockLimits.TryRead(bytes, out BlockLimits limits, out _)) See((int)limits.BlocksMax);
        if (!LunListView.TryRead(bytes, out LunListView list, out ParseError error)) return Refused(error);
        for (int i = 0; i < list.Count; i++) See((int)list[i]);
        return true;
    }

    private static bool IsSame(bool isSame)
    {
        Check.That(isSame);
        return true;
    }
}
