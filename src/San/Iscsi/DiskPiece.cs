namespace Bootlace.San;

/// <summary>A command's share of a request.</summary>
internal sealed class DiskPiece
{
    /// <summary>The command.</summary>
    public ScsiTask Task { get; } = new();

    /// <summary>Where it stands.</summary>
    public PieceState State { get; set; }
}

/// <summary>Where a share of a request stands.</summary>
internal enum PieceState
{
    /// <summary>There is none.</summary>
    Idle,

    /// <summary>The command is to be started, or started again.</summary>
    Ready,

    /// <summary>The session has the command.</summary>
    UnderWay,
}
