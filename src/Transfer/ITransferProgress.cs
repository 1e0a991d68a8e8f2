namespace Bootlace.Transfer;

/// <summary>Told how a transfer goes; decides by itself what to show and how often.</summary>
public interface ITransferProgress
{
    /// <summary>Bytes so far, and the whole length if it is known. Called once per piece, so it must be
    /// cheap.</summary>
    void Report(ulong receivedBytes, ulong? totalBytes);

    /// <summary>The transfer broke off, for the reason given in one sentence, and goes on by itself from where it
    /// was.</summary>
    void Resuming(string reason)
    {
    }
}
