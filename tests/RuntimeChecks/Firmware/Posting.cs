namespace Bootlace.RuntimeChecks;

/// <summary>What awaiting in a context costs.</summary>
internal static class Posting
{
    /// <summary>Nothing: a source posts what it was given.</summary>
    public const int BytesAPost = 0;
}
