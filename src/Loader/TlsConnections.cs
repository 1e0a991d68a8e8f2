using System.Text;
using Bootlace.Crypto;
using Bootlace.Script;
using Bootlace.Tls;

namespace Bootlace.Loader;

/// <summary>The last connections over TLS, for <c>tlsstat</c>.</summary>
internal sealed class TlsConnections(TlsJournal journal) : ITlsConnections
{
    /// <inheritdoc/>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (TlsReport one in journal.Reports)
        {
            string host = one.Host.IndexOf(':') >= 0 ? $"[{one.Host}]" : one.Host;
            string version = one.Version == TlsVersion.Tls13 ? "1.3" : "1.2", state = one.IsOpen ? "open" : "closed";
            string begun = one.IsResumed ? "resumed" : "full handshake";
            text.Append($"{host}:{one.Port} TLS {version} {one.Suite} [{state}]\n");
            text.Append($"  [{begun}, certificate '{one.Verdict.Subject}', root '{one.Verdict.Authority}']\n");
        }
        return ByteText.FromUnicode(text.Length > 0 ? text.ToString() : "There was no TLS connection yet\n");
    }
}
