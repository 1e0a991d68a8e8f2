using System;
using System.Collections.Generic;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the headers of iSCSI PDUs: every field of every kind, both ways.</summary>
public class IscsiPduTests
{
    private const ulong Lun = 0x0001_0000_0000_0000;
    private static readonly Isid OurIsid = Isid.FromRandom(0xabcdef, 0x1234);

    /// <summary>What is done with a PDU of one kind: read it, write it, and the value the sample has.</summary>
    private sealed record Kind(
        string Name, byte[] Sample, object Expected, Func<byte[], object?> Read, Func<object, byte[]> Write);

    private delegate bool Reader<T>(ReadOnlySpan<byte> bytes, out T pdu, out ParseError error);

    private delegate int Writer<T>(in T pdu, Span<byte> target);

    private static Kind Of<T>(byte[] sample, T expected, Reader<T> read, Writer<T> write) where T : struct => new(
        typeof(T).Name, sample, expected,
        bytes =>
        {
            bool isRead = read(bytes, out T pdu, out ParseError error);
            Assert.Equal(isRead, error == ParseError.None);
            Assert.True(isRead || pdu.Equals(default(T)));
            return isRead ? pdu : null;
        },
        pdu =>
        {
            byte[] bytes = Filled(PduHeader.Bytes);
            Assert.Equal(PduHeader.Bytes, write((T)pdu, bytes));
            return bytes;
        });

    private static readonly Kind[] s_kinds =
    [
        Of(IscsiSamples.NopOut, new NopOutPdu
        {
            IsImmediate = true, Lun = Lun, InitiatorTag = PduHeader.NoTag, TargetTag = 7, Sequence = Ours(0x10, 0x20),
            DataBytes = 4,
        }, NopOutPdu.TryRead, (in NopOutPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.NopIn, new NopInPdu
        {
            Lun = Lun, InitiatorTag = PduHeader.NoTag, TargetTag = 7, Sequence = Theirs(0x20, 0x10, 0x4f),
        }, NopInPdu.TryRead, (in NopInPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.ScsiCommand, new ScsiCommandPdu
        {
            IsFinal = true, IsWrite = true, Lun = Lun, InitiatorTag = 3, TransferBytes = 4096,
            Sequence = Ours(0x11, 0x20), Cdb = ScsiCdb.WriteBlocks(2048, 8), DataBytes = 512,
        }, ScsiCommandPdu.TryRead, (in ScsiCommandPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.ScsiResponse, new ScsiResponsePdu
        {
            Response = ScsiResponsePdu.Completed, Status = ScsiStatus.CheckCondition, InitiatorTag = 3,
            Sequence = Theirs(0x21, 0x12, 0x50), ExpDataSn = 2, Residual = new Residual(4608, false), DataBytes = 20,
        }, ScsiResponsePdu.TryRead, (in ScsiResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.TaskRequest, new TaskRequestPdu
        {
            IsImmediate = true, Function = TaskRequestPdu.LogicalUnitReset, Lun = Lun, InitiatorTag = 4,
            ReferencedTag = PduHeader.NoTag, Sequence = Ours(0x12, 0x21), ReferencedCmdSn = new SeqNumber(9),
        }, TaskRequestPdu.TryRead, (in TaskRequestPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.TaskResponse, new TaskResponsePdu
        {
            Response = TaskResponsePdu.NoSuchLun, InitiatorTag = 4, Sequence = Theirs(0x21, 0x12, 0x50),
        }, TaskResponsePdu.TryRead, (in TaskResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.LoginRequest, new LoginRequestPdu
        {
            Transits = true, Stage = LoginStage.Operational, NextStage = LoginStage.FullFeature, Isid = OurIsid,
            InitiatorTag = 1, ConnectionId = 1, Sequence = Ours(0x10, 0x20), DataBytes = 49,
        }, LoginRequestPdu.TryRead, (in LoginRequestPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.LoginResponse, new LoginResponsePdu
        {
            Transits = true, Stage = LoginStage.Operational, NextStage = LoginStage.FullFeature, Isid = OurIsid,
            Tsih = 5, InitiatorTag = 1, Sequence = Theirs(0x20, 0x10, 0x4f), DataBytes = 24,
        }, LoginResponsePdu.TryRead, (in LoginResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.LoginRedirect, new LoginResponsePdu
        {
            Isid = OurIsid, InitiatorTag = 1, Sequence = Theirs(0x20, 0x10, 0x10),
            Status = LoginStatus.MovedTemporarily, DataBytes = 31,
        }, LoginResponsePdu.TryRead, (in LoginResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.TextRequest, new TextRequestPdu
        {
            IsImmediate = true, IsFinal = true, InitiatorTag = 2, TargetTag = PduHeader.NoTag,
            Sequence = Ours(0x10, 0x21), DataBytes = 16,
        }, TextRequestPdu.TryRead, (in TextRequestPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.TextResponse, new TextResponsePdu
        {
            Continues = true, InitiatorTag = 2, TargetTag = 1, Sequence = Theirs(0x21, 0x10, 0x50), DataBytes = 8192,
        }, TextResponsePdu.TryRead, (in TextResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.DataOut, new DataOutPdu
        {
            IsFinal = true, Lun = Lun, InitiatorTag = 3, TargetTag = 9, ExpStatSn = new SeqNumber(0x21), DataSn = 1,
            BufferOffset = 65536, DataBytes = 8192,
        }, DataOutPdu.TryRead, (in DataOutPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.DataIn, new DataInPdu
        {
            IsFinal = true, HasStatus = true, InitiatorTag = 3, TargetTag = PduHeader.NoTag,
            Sequence = Theirs(0x22, 0x13, 0x51), DataSn = 1, BufferOffset = 4096, Residual = new Residual(768, false),
            DataBytes = 4096,
        }, DataInPdu.TryRead, (in DataInPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.LogoutRequest, new LogoutRequestPdu
        {
            IsImmediate = true, Reason = LogoutRequestPdu.CloseConnection, InitiatorTag = 5, ConnectionId = 1,
            Sequence = Ours(0x14, 0x23),
        }, LogoutRequestPdu.TryRead, (in LogoutRequestPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.LogoutResponse, new LogoutResponsePdu
        {
            InitiatorTag = 5, Sequence = Theirs(0x23, 0x14, 0x52), TimeToWait = 2, TimeToRetain = 20,
        }, LogoutResponsePdu.TryRead, (in LogoutResponsePdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.ReadyToTransfer, new ReadyToTransferPdu
        {
            Lun = Lun, InitiatorTag = 3, TargetTag = 9, Sequence = Theirs(0x22, 0x13, 0x51), R2tSn = 1,
            BufferOffset = 65536, DesiredBytes = 32768,
        }, ReadyToTransferPdu.TryRead, (in ReadyToTransferPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.Async, new AsyncPdu
        {
            Event = AsyncPdu.ConnectionDropped, Sequence = Theirs(0x24, 0x15, 0x53), Parameter1 = 1, Parameter2 = 2,
            Parameter3 = 30,
        }, AsyncPdu.TryRead, (in AsyncPdu pdu, Span<byte> target) => pdu.Emit(target)),
        Of(IscsiSamples.Reject, new RejectPdu
        {
            Reason = RejectPdu.InvalidField, Sequence = Theirs(0x25, 0x16, 0x54), DataSn = 3, DataBytes = 48,
        }, RejectPdu.TryRead, (in RejectPdu pdu, Span<byte> target) => pdu.Emit(target)),
    ];

    [Fact]
    public void EachKindIsReadAndWritten()
    {
        foreach (Kind kind in s_kinds)
        {
            Assert.Equal(PduHeader.Bytes, kind.Sample.Length);
            Assert.Equal(kind.Expected, kind.Read(kind.Sample));
            Assert.Equal(kind.Sample, kind.Write(kind.Expected));
            Assert.Equal(kind.Expected, kind.Read([.. kind.Sample, 1, 2, 3]));
        }
    }

    [Fact]
    public void NoKindIsReadFromAPartOrAsAnother()
    {
        foreach (Kind kind in s_kinds)
        {
            for (int length = 0; length < PduHeader.Bytes; length++) Assert.Null(kind.Read(kind.Sample[..length]));
            foreach (Kind other in s_kinds)
            {
                if (other.Name != kind.Name) Assert.Null(kind.Read(other.Sample));
            }
        }
    }

    [Fact]
    public void AFlippedBitIsRefusedOrReadAsWhatItSaysOrIsReserved()
    {
        foreach (Kind kind in s_kinds)
        {
            for (int bit = 0; bit < 8 * PduHeader.Bytes; bit++)
            {
                byte[] flipped = (byte[])kind.Sample.Clone();
                flipped[bit / 8] ^= (byte)(1 << bit % 8);
                if (kind.Read(flipped) is not { } pdu) continue;
                byte[] written = kind.Write(pdu);
                Assert.Equal(pdu, kind.Read(written));
                if (SaysWhetherOthersCount(kind, bit / 8)) continue;
                bool isReserved = pdu.Equals(kind.Expected);
                Assert.True(isReserved ? Same(written, kind.Sample) : Same(written, flipped), $"{kind.Name} bit {bit}");
            }
        }
    }

    [Fact]
    public void TheHeaderOfAnyKindSaysHowMuchFollowsAndWhoseItIs()
    {
        Assert.True(PduHeader.TryRead(IscsiSamples.DataIn, out PduHeader header, out _));
        Assert.Equal((IscsiOpcode.DataIn, 0, 4096, 4096), (header.Opcode, header.AhsBytes, header.DataBytes,
            header.DataBytesPadded));
        Assert.Equal((3u, PduHeader.NoTag), (header.InitiatorTag, header.TargetTag));
        Assert.Equal(Theirs(0x22, 0x13, 0x51), header.TargetSequence);
        Assert.False(header.IsImmediate);
        Assert.Equal(0x83, header.Flags);
        Assert.True(PduHeader.TryRead(IscsiSamples.LoginRequest, out header, out _));
        Assert.Equal((IscsiOpcode.LoginRequest, true, 49, 52),
            (header.Opcode, header.IsImmediate, header.DataBytes, header.DataBytesPadded));
        Assert.Equal(IscsiSamples.LoginRequest, header.Span.ToArray());
    }

    [Fact]
    public void K9_TheLongestAdditionalHeaderAndDataAreMeasuredExactly()
    {
        byte[] bytes = (byte[])IscsiSamples.DataIn.Clone();
        (bytes[4], bytes[5], bytes[6], bytes[7]) = (255, 255, 255, 255);
        Assert.True(PduHeader.TryRead(bytes, out PduHeader header, out _));
        Assert.Equal((1020, 0xffffff, 0x1000000), (header.AhsBytes, header.DataBytes, header.DataBytesPadded));
        Assert.True(DataInPdu.TryRead(bytes, out DataInPdu pdu, out _));
        Assert.Equal(PduHeader.DataBytesMax, pdu.DataBytes);
    }

    [Theory]
    [InlineData(0x87, true)]    // T: operational to full feature
    [InlineData(0x81, true)]    // T: security to operational
    [InlineData(0x83, true)]    // T: security to full feature
    [InlineData(0x04, true)]    // stays operational
    [InlineData(0x46, true)]    // text goes on; without T the next stage says nothing
    [InlineData(0xc1, false)]   // T and C
    [InlineData(0x82, false)]   // to the stage that does not exist
    [InlineData(0x84, false)]   // back to security
    [InlineData(0x85, false)]   // to where it is
    [InlineData(0x80, false)]
    [InlineData(0x08, false)]   // in the stage that does not exist
    [InlineData(0x0c, false)]   // in full feature phase already
    public void ALoginMovesForwardOrNotAtAll(byte flags, bool isGood)
    {
        byte[] request = (byte[])IscsiSamples.LoginRequest.Clone();
        byte[] response = (byte[])IscsiSamples.LoginResponse.Clone();
        request[1] = response[1] = flags;
        Assert.Equal(isGood, LoginRequestPdu.TryRead(request, out _, out _));
        Assert.Equal(isGood, LoginResponsePdu.TryRead(response, out _, out _));
        response[36] = 2;   // of a refusal only the status counts
        Assert.True(LoginResponsePdu.TryRead(response, out LoginResponsePdu refusal, out _));
        Assert.Equal(LoginStatus.InitiatorError, refusal.Status);
        Assert.False(refusal.Transits || refusal.Continues);
    }

    [Fact]
    public void AnotherVersionIsRefused()
    {
        byte[] request = (byte[])IscsiSamples.LoginRequest.Clone();
        byte[] response = (byte[])IscsiSamples.LoginResponse.Clone();
        request[3] = response[3] = 1;
        Assert.False(LoginRequestPdu.TryRead(request, out _, out ParseError error));
        Assert.Equal(ParseError.BadVersion, error);
        Assert.False(LoginResponsePdu.TryRead(response, out _, out error));
        Assert.Equal(ParseError.BadVersion, error);
    }

    [Theory]
    [InlineData(0x01)]   // status, not final
    [InlineData(0x87)]   // overflow and underflow
    public void K8_DataInThatContradictsItselfIsRefused(byte flags)
    {
        byte[] bytes = (byte[])IscsiSamples.DataIn.Clone();
        bytes[1] = flags;
        Assert.False(DataInPdu.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
    }

    [Fact]
    public void ResidualsWithoutTheirBitSayNothing()
    {
        byte[] bytes = (byte[])IscsiSamples.DataIn.Clone();
        bytes[1] = 0x81;
        Assert.True(DataInPdu.TryRead(bytes, out DataInPdu dataIn, out _));
        Assert.Equal(default, dataIn.Residual);
        bytes = (byte[])IscsiSamples.ScsiResponse.Clone();
        bytes[1] = 0x84;
        Assert.True(ScsiResponsePdu.TryRead(bytes, out ScsiResponsePdu response, out _));
        Assert.Equal(new Residual(4608, true), response.Residual);
        bytes[1] = 0x86;
        Assert.False(ScsiResponsePdu.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
    }

    [Fact]
    public void AnR2tForNothingIsRefused()
    {
        byte[] bytes = (byte[])IscsiSamples.ReadyToTransfer.Clone();
        bytes.AsSpan(44).Clear();
        Assert.False(ReadyToTransferPdu.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void TextThatIsFinalDoesNotGoOn()
    {
        byte[] request = (byte[])IscsiSamples.TextRequest.Clone(), response = (byte[])IscsiSamples.TextResponse.Clone();
        request[1] = response[1] = 0xc0;
        Assert.False(TextRequestPdu.TryRead(request, out _, out _));
        Assert.False(TextResponsePdu.TryRead(response, out _, out _));
    }

    /// <summary>The flags say whether residuals, status and next stage count, a login's status whether flags
    /// do.</summary>
    private static bool SaysWhetherOthersCount(Kind kind, int offset) =>
        offset == 1 || offset == 36 && kind.Name == nameof(LoginResponsePdu);

    private static InitiatorSequence Ours(uint cmdSn, uint expStatSn) =>
        new(new SeqNumber(cmdSn), new SeqNumber(expStatSn));

    private static TargetSequence Theirs(uint statSn, uint expCmdSn, uint maxCmdSn) =>
        new(new SeqNumber(statSn), new SeqNumber(expCmdSn), new SeqNumber(maxCmdSn));

    private static bool Same(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>Memory that is not clean, as a buffer used again.</summary>
    private static byte[] Filled(int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, (byte)0xee);
        return bytes;
    }
}
