using System;

namespace Bootlace.Wire;

/// <summary>The answer to a task management request (RFC 7143 section 11.6).</summary>
public readonly record struct TaskResponsePdu
{
    /// <summary>It is done.</summary>
    public const byte Complete = 0;
    /// <summary>There is no such command: it has ended already.</summary>
    public const byte NoSuchTask = 1;
    /// <summary>There is no such logical unit.</summary>
    public const byte NoSuchLun = 2;
    /// <summary>The target has no such function.</summary>
    public const byte NotSupported = 5;
    /// <summary>We may not.</summary>
    public const byte NotAuthorized = 6;
    /// <summary>The target will not.</summary>
    public const byte Rejected = 255;

    /// <summary><see cref="Complete"/>, or why not.</summary>
    public required byte Response { get; init; }

    /// <summary>The request.</summary>
    public required uint InitiatorTag { get; init; }

    /// <summary>Its numbers.</summary>
    public required TargetSequence Sequence { get; init; }

    /// <summary>Reads the header of one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TaskResponsePdu pdu, out ParseError error)
    {
        pdu = default;
        if (!PduHeader.Is(IscsiOpcode.TaskResponse, bytes, out error)) return false;
        pdu = new TaskResponsePdu
        {
            Response = bytes[2],
            InitiatorTag = BigEndian.ReadU32(bytes, PduHeader.InitiatorTagOffset),
            Sequence = TargetSequence.Read(bytes),
        };
        return true;
    }

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        PduHeader.Start(target, IscsiOpcode.TaskResponse, false, PduHeader.Final, 0, InitiatorTag);
        target[2] = Response;
        Sequence.Write(target);
        return PduHeader.Bytes;
    }
}
