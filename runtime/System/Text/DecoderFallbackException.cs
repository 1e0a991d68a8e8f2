namespace System.Text;

/// <summary>Bytes that are no text.</summary>
public sealed class DecoderFallbackException : ArgumentException
{
    public DecoderFallbackException(string? message) : base(message) { }
}
