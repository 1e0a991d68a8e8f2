using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.San;
using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

internal static partial class Parsers
{
    /// <summary>Whole conversations: the input is all that a target sends, and what it gets is another's affair.
    /// </summary>
    private static FuzzRow[] Logins =>
    [
        new("IscsiLogin", bytes => IsLoggedIn(new LoginTalk(), bytes), Record(new LoginTalk(), isList: false))
        {
            IsWhole = true,
        },
        new("IscsiChap", bytes => IsLoggedIn(new LoginTalk().WithMutualChap(), bytes),
            Record(new LoginTalk().WithMutualChap(), isList: false)) { IsWhole = true },
        new("IscsiDiscovery", IsListed, Record(Listing(), isList: true)),
    ];

    private static bool IsLoggedIn(LoginTalk talk, ReadOnlySpan<byte> bytes)
    {
        PortalConnector connect = Answering(bytes);
        return Ends(talk.Pump, () => IscsiLogin.RunAsync(
            talk.Pump, new SeededEntropy(7), connect, talk.Options, LoginTalk.Isid, default));
    }

    private static bool IsListed(ReadOnlySpan<byte> bytes)
    {
        LoginTalk talk = Listing();
        PortalConnector connect = Answering(bytes);
        return Ends(talk.Pump, () => IscsiDiscovery.RunAsync(
            talk.Pump, new SeededEntropy(7), connect, talk.Options, default));
    }

    private static bool Ends<T>(Pump pump, Func<Task<T>> work)
    {
        try
        {
            pump.Run(work);
            return true;
        }
        catch (BootFailure failure)
        {
            See(failure.Describe().Length);
            return false;
        }
    }

    /// <summary>The first portal says this and closes; the next, by redirection or for a second login, closes at
    /// once.</summary>
    private static PortalConnector Answering(ReadOnlySpan<byte> bytes)
    {
        byte[] left = bytes.ToArray();
        return (_, _, _) =>
        {
            var stream = new ScriptedStream(left);
            left = [];
            return Task.FromResult(new Portal(stream, new Ipv4Address(10, 1, 0, 2)));
        };
    }

    private static LoginTalk Listing()
    {
        var talk = new LoginTalk();
        talk.Options = talk.Options with { Path = new RootPath { Server = LoginTalk.Server } };
        talk.Target.ListPieceBytesMax = 30;
        return talk;
    }

    /// <summary>All that the model target sends.</summary>
    private static byte[] Record(LoginTalk talk, bool isList)
    {
        var bytes = new List<byte>();
        talk.Damage = (_, value) =>
        {
            bytes.Add(value);
            return value;
        };
        if (isList) talk.Discover();
        else talk.Run();
        return [.. bytes];
    }
}
