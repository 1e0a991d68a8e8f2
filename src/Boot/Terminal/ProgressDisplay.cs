using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Shows transfers: one line each, redrawn at most once a second so that a serial line is not
/// flooded.</summary>
public sealed class ProgressDisplay(IConsole console, Pump pump)
{
    /// <summary>Begins the line of a transfer.</summary>
    /// <param name="title">The URI without its secrets.</param>
    /// <param name="isQuiet">Nothing is shown.</param>
    public TransferLine Begin(string title, bool isQuiet) => new(isQuiet ? null : console, pump, title);
}
