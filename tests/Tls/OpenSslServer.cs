using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Tls;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>openssl s_server: it prints what we send, and sends what it is told.</summary>
internal static class OpenSslServer
{
    private const int MillisecondsMax = 20_000;

    /// <summary>Starts one.</summary>
    /// <param name="keys">Where it works.</param>
    /// <param name="key">The name of its certificate's and key's files: a kind of key, or what was written.</param>
    /// <param name="options">More of its options, separated by blanks.</param>
    /// <param name="isQuiet">It says nothing of its own, and takes no commands.</param>
    public static PeerServer Start(PeerKeys keys, string key, string options = "", bool isQuiet = true)
    {
        keys.Require(key);
        string common = $"-cert {key}.crt -cert_chain {key}.crt -key {key}.key {(isQuiet ? "-quiet " : "")}{options}";
        string[] words = common.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return PeerServer.Start("openssl", keys.Folder, port => ["s_server", "-accept", $"127.0.0.1:{port}", .. words]);
    }

    /// <summary>Sends bytes each way and compares them.</summary>
    public static void Exchange(PeerServer server, PeerTalk talk, TlsStream stream, int count = 50_000)
    {
        byte[] there = RandomNumberGenerator.GetBytes(count), back = RandomNumberGenerator.GetBytes(count);
        byte[] arrived = new byte[count];
        Task printing = server.Output.ReadExactlyAsync(arrived).AsTask();
        talk.Write(stream, there);
        Assert.True(printing.Wait(MillisecondsMax));
        Assert.Equal(there, arrived);

        Task telling = TellAsync(server, back);
        Assert.Equal(back, talk.Read(stream, count));
        Assert.True(telling.Wait(MillisecondsMax));
    }

    /// <summary>Gives a server that is not quiet a command.</summary>
    public static void Tell(PeerServer server, string command)
    {
        server.Input.Write(Encoding.ASCII.GetBytes(command));
        server.Input.Flush();
    }

    private static async Task TellAsync(PeerServer server, byte[] bytes)
    {
        await server.Input.WriteAsync(bytes);
        await server.Input.FlushAsync();
    }
}
