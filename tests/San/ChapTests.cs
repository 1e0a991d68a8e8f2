using System;
using System.Linq;
using System.Text;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects CHAP: responses as published, and a target that does not prove itself, by whatever trick, is
/// refused.</summary>
public class ChapTests
{
    /// <summary>The hash of 0x17, "secret" and sixteen bytes from 0x20 on, made with OpenSSL.</summary>
    [Theory]
    [InlineData(5, "1bbcba7b18d943d850184aa1825a1d01")]
    [InlineData(6, "ea5365652203b36387247a1e0a389a019002b52e")]
    [InlineData(7, "edb3e33a9775bd4a484dfca2caaacfdaeeafc289d16928cd8caded988fbb4e5d")]
    [InlineData(8, "b738a9cd3d40d5f500c487ed37d601c828cf4461cb9f76c38249f529bca9c58b")]
    public void TheResponseIsTheHashOfIdentifierSecretAndChallenge(ulong number, string expected)
    {
        byte[] challenge = new byte[16];
        for (int i = 0; i < challenge.Length; i++) challenge[i] = (byte)(0x20 + i);
        Assert.True(ChapAlgorithm.TryGet(number, out ChapAlgorithm algorithm));
        byte[] response = algorithm.Respond(0x17, Encoding.ASCII.GetBytes("secret"), challenge);
        Assert.Equal(expected, Convert.ToHexStringLower(response));
        Assert.Equal(algorithm.Bytes, response.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(256 + 5)]
    public void OtherAlgorithmsThereAreNot(ulong number) => Assert.False(ChapAlgorithm.TryGet(number, out _));

    [Theory]
    [InlineData(
        "CHAP_A=5|CHAP_I=1|CHAP_C=0x000102030405060708090a0b0c0d0e0f", 5, 1, "000102030405060708090a0b0c0d0e0f")]
    [InlineData("CHAP_A=0x7|CHAP_I=0xff|CHAP_C=0bAAECAwQFBgcICQoLDA0ODw==", 7, 255, "000102030405060708090a0b0c0d0e0f")]
    [InlineData("CHAP_A=8|CHAP_I=0|CHAP_C=0Xabc", 8, 0, "0abc")]
    public void EachWayToWriteAChallengeIsUnderstood(string text, ulong number, int identifier, string challenge)
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.Twist = reply => reply.Step switch
        {
            1 => reply with { Text = text },
            2 => reply with { Status = 0, NextStage = 1 },   // the model had another challenge in mind
            _ => reply,
        };
        talk.Run();
        ChapAlgorithm.TryGet(number, out ChapAlgorithm algorithm);
        byte[] response = algorithm.Respond(
            (byte)identifier, Encoding.UTF8.GetBytes(talk.Options.Password!), Convert.FromHexString(challenge));
        Assert.Equal($"0>1 CHAP_N=us|CHAP_R=0x{Convert.ToHexStringLower(response)}", talk.Target.LoginRequests[2]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void AnOldTargetIsOfferedMd5AloneInASecondLogin(bool takesSevenForSha1, bool wantsMd5Alone)
    {
        var talk = new LoginTalk().WithMutualChap();
        (talk.Target.TakesSevenForSha1, talk.Target.WantsMd5Alone) = (takesSevenForSha1, wantsMd5Alone);
        talk.Target.ChapAlgorithms = [5, 7];
        talk.Run();
        Assert.Equal(2, talk.Connects.Count);
        Assert.True(talk.Streams[0].IsAborted);
        Assert.Equal(["0 CHAP_A=8,7,6,5", "0 CHAP_A=5"],
            talk.Target.LoginRequests.Where(request => request.Contains("CHAP_A")));

        talk.Target.Password = "another secret";   // a wrong secret is still told
        talk.Streams.Clear();
        talk.Fails(SanFailure.AuthenticationFailed);
        Assert.Equal(2, talk.Streams.Count);
    }

    [Fact]
    public void TheSecondLoginIsTheLast()
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.ChapAlgorithms = [7];
        talk.Twist(2, reply => reply with { Status = 0x0200 });
        talk.Fails(SanFailure.AuthenticationFailed);   // it has no MD5
        Assert.Equal(2, talk.Connects.Count);

        talk = new LoginTalk().WithChap();
        talk.Target.Twist = reply => reply.Step switch
        {
            1 => reply with { Text = "CHAP_A=7|CHAP_I=1|CHAP_C=0x0011", Status = 0 },
            2 => reply with { Status = 0x0200 },
            _ => reply,
        };
        talk.Fails(SanFailure.ProtocolError);   // it chooses 7 all the same
        Assert.Equal(2, talk.Connects.Count);
    }

    [Fact]
    public void AWrongSecretIsNotTriedTwiceWithoutNeed()
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.Password = "another secret";
        talk.Fails(SanFailure.AuthenticationFailed);
        Assert.Single(talk.Connects);
    }

    [Theory]
    [InlineData("CHAP_I=1|CHAP_C=0x0011")]
    [InlineData("CHAP_A=4|CHAP_I=1|CHAP_C=0x0011")]
    [InlineData("CHAP_A=5,7|CHAP_I=1|CHAP_C=0x0011")]
    [InlineData("CHAP_A=MD5|CHAP_I=1|CHAP_C=0x0011")]
    [InlineData("CHAP_A=261|CHAP_I=1|CHAP_C=0x0011")]
    public void K5_AnAlgorithmThatIsMissingOrWasNotOfferedIsRefused(string text) => Refuses(text);

    [Theory]
    [InlineData("CHAP_A=5|CHAP_C=0x0011")]
    [InlineData("CHAP_A=5|CHAP_I=256|CHAP_C=0x0011")]
    [InlineData("CHAP_A=5|CHAP_I=-1|CHAP_C=0x0011")]
    [InlineData("CHAP_A=5|CHAP_I=0x100|CHAP_C=0x0011")]
    [InlineData("CHAP_A=5|CHAP_I=|CHAP_C=0x0011")]
    public void K5_AnIdentifierThatIsNoByteIsRefused(string text) => Refuses(text);

    [Fact]
    public void K5_NoAlgorithmInCommonIsSaidToBeSo()
    {
        var talk = new LoginTalk().WithChap();
        talk.Twist(1, reply => reply with { Text = "CHAP_A=Reject" });
        talk.Fails(SanFailure.NoCommonAuthentication);
    }

    [Fact]
    public void K4_AChallengeThatIsTooLongOrMalformedIsRefused()
    {
        Refuses("CHAP_A=5|CHAP_I=1");
        foreach (string challenge in new[]
        {
            "", "0x", "0b", "0x0g", "00112233", "0b====", "0bA", "0b!!!!", $"0x{new string('a', 2050)}",
            $"0b{new string('A', 1368)}", $"0x{new string('f', 8000)}",
        })
            Refuses($"CHAP_A=5|CHAP_I=1|CHAP_C={challenge}");
    }

    [Fact]
    public void K4_AResponseOfAnotherLengthIsRefused()
    {
        foreach (string response in new[]
        {
            "", "0x", "0x00", $"0x{new string('0', 63)}", $"0x{new string('0', 66)}", $"0x{new string('0', 4000)}",
            $"0b{new string('A', 44)}", "hello",
        })
            RefusesTarget(reply => reply with { Text = $"CHAP_N=them|CHAP_R={response}" });
    }

    [Fact]
    public void K4_AResponseInBase64IsAsGoodAsInHexadecimal()
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Twist(2, reply =>
        {
            string hex = reply.Text[(reply.Text.IndexOf("CHAP_R=0x") + 9)..];
            return reply with { Text = $"CHAP_N=them|CHAP_R=0b{Convert.ToBase64String(Convert.FromHexString(hex))}" };
        });
        talk.Run();
    }

    [Fact]
    public void K5_ATargetThatSkipsItsAnswerIsRefused()
    {
        RefusesTarget(reply => reply with { Text = "" });
        RefusesTarget(reply => reply with { Text = "CHAP_N=them" });
        RefusesTarget(reply => reply with { Text = reply.Text.Replace("CHAP_N=them|", "") });
    }

    [Fact]
    public void K5_ATargetThatWantsNoChapWhereItHasToProveItselfIsRefused()
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Twist(0, reply => reply with { Text = "AuthMethod=None" });
        talk.Fails(SanFailure.NoCommonAuthentication);

        talk = new LoginTalk().WithMutualChap();
        talk.Twist(0, reply => reply with { Text = "AuthMethod=None", NextStage = 1 });
        talk.Fails(SanFailure.ProtocolError);
    }

    [Fact]
    public void K5_ATargetThatEndsTheStageInsteadOfAnsweringIsRefused()
    {
        RefusesTarget(reply => reply with { Text = "", NextStage = 1 });
        RefusesTarget(reply => reply with { Text = "", NextStage = null });
        var talk = new LoginTalk().WithMutualChap();
        talk.Twist(1, reply => reply with { Text = "", NextStage = 1 });
        talk.Fails(SanFailure.ProtocolError);
    }

    [Fact]
    public void K5_ATargetOfAnotherNameOrSecretIsRefused()
    {
        RefusesTarget(reply => reply with { Text = reply.Text.Replace("CHAP_N=them", "CHAP_N=us") });
        RefusesTarget(reply => reply with { Text = reply.Text.Replace("CHAP_N=them", "CHAP_N=Them") });
        var talk = new LoginTalk().WithMutualChap();
        talk.Target.ReversePassword = "their old secret";
        Assert.Equal(0x02, (int)(talk.Fails(SanFailure.TargetNotAuthentic).Kind.Code >> 24));
    }

    [Fact]
    public void K5_OurOwnChallengeGivenBackIsNotAnswered()
    {
        RefusesTarget(reply => reply with { Text = $"CHAP_A=8|{Challenge(reply)}" });
        RefusesTarget(reply => reply with { Text = $"{reply.Text}|{Challenge(reply)}" });
    }

    /// <summary>A false target that had us answer our own challenge on another connection has the answer made with our
    /// secret, not with the target's.</summary>
    [Fact]
    public void K5_OurOwnAnswerGivenBackIsRefused()
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Target.ReversePassword = talk.Target.Password;
        talk.Fails(SanFailure.TargetNotAuthentic);
    }

    [Fact]
    public void K5_OurChallengeIsNeverTheTargetsOwn()
    {
        var talk = new LoginTalk().WithMutualChap();
        string ours = "";
        talk.Twist(2, reply => { ours = Challenge(reply)[(Challenge(reply).IndexOf("CHAP_C="))..]; return reply; });
        talk.Run();
        var again = new LoginTalk().WithMutualChap();   // the same chance: it would make the same challenge
        again.Target.Twist = reply => reply.Step switch
        {
            1 => reply with { Text = $"CHAP_A=8|CHAP_I=1|{ours}" },
            2 => reply with { Status = 0, Text = "" },
            _ => reply,
        };
        again.Fails(SanFailure.TargetNotAuthentic);
        Assert.DoesNotContain(ours, again.Target.LoginRequests[2]);
    }

    private static string Challenge(ModelLoginReply reply) => reply.Request[reply.Request.IndexOf("CHAP_I=")..];

    private static void Refuses(string challenge)
    {
        var talk = new LoginTalk().WithChap();
        talk.Twist(1, reply => reply with { Text = challenge });
        talk.Fails(SanFailure.ProtocolError);
        Assert.Equal(2, talk.Target.LoginRequests.Count);
    }

    private static void RefusesTarget(Func<ModelLoginReply, ModelLoginReply> twist)
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Twist(2, twist);
        talk.Fails(SanFailure.TargetNotAuthentic);
        Assert.Equal(3, talk.Target.LoginRequests.Count);
    }
}
