namespace Bootlace.Harness;

/// <summary>One request that the HTTP server saw.</summary>
/// <param name="Method">GET, HEAD and so on.</param>
/// <param name="Path">The path asked for.</param>
/// <param name="Range">The Range header; empty when there was none.</param>
/// <param name="Status">What was answered.</param>
/// <param name="BytesSent">Bytes of the body that were handed to the network.</param>
/// <param name="Port">The server's port that it came to.</param>
/// <param name="Head">All its header fields, a line each.</param>
/// <param name="Body">What came with it.</param>
public sealed record LoggedRequest(
    string Method, string Path, string Range, int Status, long BytesSent, int Port, string Head, string Body);
