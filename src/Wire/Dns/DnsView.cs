using System;

namespace Bootlace.Wire;

/// <summary>A DNS response with one question (RFC 1035 section 4).</summary>
public readonly ref struct DnsView
{
    /// <summary>Length of the header.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Records of the answer section that are read; what follows them is not.</summary>
    public const int AnswersMax = 128;

    internal const int FlagsOffset = 2, QuestionsOffset = 4, AnswersOffset = 6;
    internal const ushort RecursionDesired = 0x0100, ClassInternet = 1;

    private const ushort ResponseBit = 0x8000, OperationMask = 0x7800, TruncatedBit = 0x0200;
    private const int RecordHeaderBytes = 10;

    private readonly ReadOnlySpan<byte> _message;
    private readonly int _answersAt;

    private DnsView(ReadOnlySpan<byte> message, int answersAt, string questionName, DnsRecordType questionType)
    {
        _message = message;
        _answersAt = answersAt;
        QuestionName = questionName;
        QuestionType = questionType;
    }

    /// <summary>Reads header and question, and walks the answer section once so that <see cref="TryTake"/> cannot fail
    /// but at its end. A truncated response may end anywhere behind the question.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DnsView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadKind;
        if ((BigEndian.ReadU16(bytes, FlagsOffset) & (ResponseBit | OperationMask)) != ResponseBit) return false;
        if (BigEndian.ReadU16(bytes, QuestionsOffset) != 1) return false;
        int at = HeaderBytes;
        error = ParseError.BadName;
        if (!DnsName.TryRead(bytes, ref at, HeaderBytes, out string name)) return false;
        error = ParseError.TooShort;
        if (bytes.Length - at < 4) return false;
        error = ParseError.BadKind;
        if (BigEndian.ReadU16(bytes, at + 2) != ClassInternet) return false;
        var found = new DnsView(bytes, at + 4, name, new DnsRecordType(BigEndian.ReadU16(bytes, at)));
        error = found.WalkAnswers();
        if (error != ParseError.None && !found.IsTruncated) return false;
        error = ParseError.None;
        view = found;
        return true;
    }

    /// <summary>The number of the query answered.</summary>
    public ushort Id => BigEndian.ReadU16(_message, 0);

    /// <summary>How it went.</summary>
    public DnsStatus Status => new((byte)(_message[FlagsOffset + 1] & 15));

    /// <summary>The server had more to say than fits.</summary>
    public bool IsTruncated => (BigEndian.ReadU16(_message, FlagsOffset) & TruncatedBit) != 0;

    /// <summary>The name asked for, in lower case.</summary>
    public string QuestionName { get; }

    /// <summary>The type asked for.</summary>
    public DnsRecordType QuestionType { get; }

    /// <summary>Takes the next answer of a type we know; the cursor starts as default and is nobody else's business.
    /// </summary>
    public bool TryTake(ref (int At, int Index) cursor, out DnsRecord record)
    {
        while (TryStep(ref cursor, out record) == ParseError.None)
        {
            if (record.Type.Value != 0) return true;
        }
        return false;
    }

    private int AnswerCount => Math.Min((int)BigEndian.ReadU16(_message, AnswersOffset), AnswersMax);

    private ParseError WalkAnswers()
    {
        (int, int Index) cursor = default;
        while (cursor.Index < AnswerCount)
        {
            ParseError error = TryStep(ref cursor, out _);
            if (error != ParseError.None) return error;
        }
        return ParseError.None;
    }

    /// <summary>Reads one record; the type is 0 if it is not one of ours.</summary>
    private ParseError TryStep(ref (int At, int Index) cursor, out DnsRecord record)
    {
        record = default;
        if (cursor.Index == AnswerCount) return ParseError.TooShort;
        int at = cursor.Index == 0 ? _answersAt : cursor.At;
        if (!DnsName.TryRead(_message, ref at, HeaderBytes, out string name)) return ParseError.BadName;
        if (_message.Length - at < RecordHeaderBytes) return ParseError.TooShort;
        var type = new DnsRecordType(BigEndian.ReadU16(_message, at));
        ushort recordClass = BigEndian.ReadU16(_message, at + 2);
        int dataBytes = BigEndian.ReadU16(_message, at + 8);
        at += RecordHeaderBytes;
        if (dataBytes > _message.Length - at) return ParseError.BadLength;
        cursor = (at + dataBytes, cursor.Index + 1);
        if (recordClass != ClassInternet) return ParseError.None;
        if (type == DnsRecordType.A)
        {
            if (dataBytes != Ipv4Address.Bytes) return ParseError.BadLength;
            record = new DnsRecord(name, type, Ipv4Address.Read(_message[at..]), "");
        }
        else if (type == DnsRecordType.Aaaa)
        {
            if (dataBytes != Ipv6Address.Bytes) return ParseError.BadLength;
            record = new DnsRecord(name, type, Ipv6Address.Read(_message[at..]), "");
        }
        else if (type == DnsRecordType.Cname)
        {
            if (!DnsName.TryRead(_message[..(at + dataBytes)], ref at, HeaderBytes, out string target))
                return ParseError.BadName;
            record = new DnsRecord(name, type, default, target);
        }
        return ParseError.None;
    }
}
