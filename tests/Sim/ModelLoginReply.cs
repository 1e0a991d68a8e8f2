namespace Bootlace.Tests.Sim;

/// <summary>What a <see cref="ModelIscsiTarget"/> is about to answer a login request, for a test to twist.</summary>
/// <param name="Step">Number of the request on its connection, from 0.</param>
/// <param name="Request">The request as in <see cref="ModelIscsiTarget.LoginRequests"/>.</param>
public sealed record ModelLoginReply(int Step, string Request)
{
    /// <summary>Pairs, | for NUL; the last needs none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The text as it is, NULs and all; null: <see cref="Text"/>.</summary>
    public byte[]? Bytes { get; init; }

    public byte Stage { get; init; }

    /// <summary>The stage to go to; null: T is not set.</summary>
    public byte? NextStage { get; init; }

    public ushort Status { get; init; }
    public uint Tag { get; init; }

    /// <summary>Set C, although nothing follows.</summary>
    public bool Continues { get; init; }

    /// <summary>Another opcode than a login response's.</summary>
    public byte? Opcode { get; init; }

    /// <summary>Closes the connection instead.</summary>
    public bool Closes { get; init; }
}
