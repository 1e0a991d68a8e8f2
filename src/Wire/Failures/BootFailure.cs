using System;

namespace Bootlace.Wire;

/// <summary>A failure of the outside world, thrown next to its cause and caught at three borders only: the script
/// command, the firmware callback, the frame dispatcher.</summary>
public class BootFailure : Exception
{
    /// <summary>Which of the catalogued failures this is.</summary>
    public FailureKind Kind { get; }

    /// <summary>A failure described by its kind's own sentence.</summary>
    public BootFailure(FailureKind kind) : this(kind, kind.Sentence) { }

    /// <summary>A failure with a sentence that names the peer, file or device concerned (no full stop, no code, no
    /// hint).
    /// </summary>
    public BootFailure(FailureKind kind, string sentence, Exception? cause = null) : base(sentence, cause) =>
        Kind = kind;

    /// <summary>The line shown to the user: sentence, code in brackets, hint.</summary>
    public string Describe() => $"{Message} [{Kind.Code:x8}] - {Kind.Hint}";
}
