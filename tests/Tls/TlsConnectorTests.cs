using System.Collections.Generic;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects the memory of earlier sessions: who goes on without certificates was judged before, under this
/// name, port and trust.</summary>
[Collection(NativeTests.Name)]
public class TlsConnectorTests
{
    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task ASessionGoesOnForTheSameHostPortAndTrustOnly(SslProtocols version)
    {
        using var server = new TlsServer(version, "dns:boot.example.org dns:second.example.org");
        List<string> judged = [];
        server.Check = (chain, _) =>
        {
            judged.Add(chain[0].Name);
            return Task.CompletedTask;
        };
        TlsConnector connector = server.Connector();

        Assert.False(await TalkAsync("boot.example.org", 443));
        Assert.True(await TalkAsync("boot.example.org", 443));
        Assert.True(await TalkAsync("BOOT.example.org", 443));
        Assert.Single(judged);
        Assert.False(await TalkAsync("boot.example.org", 444));
        Assert.False(await TalkAsync("second.example.org", 443));
        server.Chains.AddRoot(ChainTalk.Root("One more"));
        Assert.False(await TalkAsync("boot.example.org", 443));
        Assert.True(await TalkAsync("boot.example.org", 443));
        server.Policy++;
        Assert.False(await TalkAsync("boot.example.org", 443));
        Assert.True(await TalkAsync("boot.example.org", 443));
        server.Chains.Time.Set(ChainTalk.UsualTime + 60, WallTimeSource.Ntp);
        Assert.False(await TalkAsync("boot.example.org", 443));
        Assert.True(await TalkAsync("boot.example.org", 443));
        TestIdentity own = TestIdentity.Make("us");
        server.Own = new OwnFiles(own.Der, Encoding.ASCII.GetBytes(own.KeyPem));
        Assert.False(await TalkAsync("boot.example.org", 443));
        Assert.Equal(7, judged.Count);

        async Task<bool> TalkAsync(string host, ushort port)
        {
            TlsStream stream = await server.TalkAsync(connector, host, port);
            stream.Close();
            return stream.IsResumed;
        }
    }

    [Fact]
    public async Task TheJournalSaysWhoVouchedForWhomAlsoWhereASessionGoesOn()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        var journal = new TlsJournal();
        TlsConnector connector = server.Connector(journal);
        for (int i = 0; i < TlsJournal.CountMax + 2; i++)
        {
            TlsStream stream = await server.TalkAsync(connector);
            TlsReport report = journal.Reports[^1];
            Assert.Equal(
                (TlsServer.Host, 443, TlsVersion.Tls13, i > 0, true),
                (report.Host, report.Port, report.Version, report.IsResumed, report.IsOpen));
            Assert.Equal(new ServerVerdict("server", "Root"), report.Verdict);
            stream.Close();
            Assert.False(report.IsOpen);
        }
        Assert.Equal(TlsJournal.CountMax, journal.Reports.Count);
    }

    [Fact]
    public async Task AFailureBelowIsPassedOn()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        var connector = new TlsConnector(
            server.Pump, (_, _, _) => throw new BootFailure(NetFailure.ConnectionRefused), server.Client,
            server.Trust);
        var failure = await Assert.ThrowsAsync<BootFailure>(
            () => connector.ConnectAsync("boot.example.org", 443, CancellationToken.None));
        Assert.Same(NetFailure.ConnectionRefused, failure.Kind);
    }

    [Fact]
    public void ATicketIsGivenOnceAndNeverOutlivesItsTrust()
    {
        var tickets = new TlsTickets();
        var ticket = new TlsTicket([1], new ServerVerdict("server", "root"));
        tickets.Keep("a", 1, ticket, generation: 5, present: 5);
        Assert.Null(tickets.Take("b", 1, 5));
        Assert.Same(ticket, tickets.Take("A", 1, 5));
        Assert.Null(tickets.Take("a", 1, 5));
        tickets.Keep("a", 1, ticket, generation: 5, present: 6);   // the trust changed while the stream was open
        Assert.Null(tickets.Take("a", 1, 6));
        tickets.Keep("a", 1, ticket, generation: 6, present: 6);
        Assert.Null(tickets.Take("a", 1, 7));
        for (int i = 0; i < 10 * TlsTickets.CountMax; i++) tickets.Keep("a", (ushort)i, ticket, 7, 7);
        int kept = 0;
        for (int i = 0; i < 10 * TlsTickets.CountMax; i++) kept += tickets.Take("a", (ushort)i, 7) is null ? 0 : 1;
        Assert.InRange(kept, 1, TlsTickets.CountMax);
    }
}
