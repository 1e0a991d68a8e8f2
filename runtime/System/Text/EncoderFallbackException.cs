namespace System.Text;

/// <summary>Text that has no bytes.</summary>
public sealed class EncoderFallbackException : ArgumentException
{
    public EncoderFallbackException(string? message) : base(message) { }
}
