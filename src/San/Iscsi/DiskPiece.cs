namespace Bootlace.San;

/// <summary>A command's share of a request.</summary>
internal sealed class DiskPiece
{
    /// <summary>The command.</summary>
    public ScsiTask Task { get; } = new();

    /// <summary>What it is a part of; null: of nothing.</summary>
    public DiskRequest? Request { get; set; }

    /// <summary>The session has the command; if not, it is to be started, or started again.</summary>
    public bool IsUnderWay { get; set; }
}
