using System;
using Bootlace.Net;

namespace Bootlace.Tests.Sim;

/// <summary>The server's end of one connection, above TCP.</summary>
public interface IModelConversation
{
    /// <summary>It has closed the connection; what it said before still goes out.</summary>
    bool IsClosed { get; }

    /// <summary>When <see cref="Poll"/> is due.</summary>
    Instant NextDeadline { get; }

    /// <summary>Takes what has arrived, in pieces of whatever size, and returns what goes back.</summary>
    byte[] Feed(ReadOnlySpan<byte> bytes);

    /// <summary>Does what is due.</summary>
    void Poll(Instant now);

    /// <summary>What is to be sent without having been asked for.</summary>
    byte[] TakeOutgoing();
}
