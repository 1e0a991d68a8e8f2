namespace Bootlace.Transfer;

/// <summary>Shows nothing.</summary>
public sealed class NoProgress : ITransferProgress
{
    /// <inheritdoc/>
    public void Report(ulong receivedBytes, ulong? totalBytes)
    {
    }
}
