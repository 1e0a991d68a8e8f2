namespace Bootlace.Script;

/// <summary>The connections over TLS.</summary>
public interface ITlsConnections
{
    /// <summary>What <c>tlsstat</c> prints of the last ones, with line ends; <see cref="ByteText"/>.</summary>
    string Describe();
}
