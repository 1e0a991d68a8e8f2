using System;
using System.Collections.Generic;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiTarget
{
    /// <summary>Account of the initiator; null: nobody has to prove anything.</summary>
    public string? UserName { get; set; }
    public string? Password { get; set; }

    /// <summary>The account by which the target proves who it is.</summary>
    public string? ReverseUserName { get; set; }
    public string? ReversePassword { get; set; }

    /// <summary>The CHAP_A it knows.</summary>
    public int[] ChapAlgorithms { get; set; } = [5, 6, 7, 8];

    /// <summary>Takes 7 for SHA-1, as tgt does, and gives the initiator the blame for a response of another
    /// length.</summary>
    public bool TakesSevenForSha1 { get; set; }

    /// <summary>Refuses every CHAP_A but 5, as LIO did before Linux 3.15.</summary>
    public bool WantsMd5Alone { get; set; }

    /// <summary>What it supports, in no order: the initiator's order counts.</summary>
    public string[] Digests { get; set; } = ["None"];
    public int ReceiveSegmentBytesMax { get; set; } = 65_536;
    public int MaxBurstBytes { get; set; } = 262_144;
    public int FirstBurstBytes { get; set; } = 65_536;
    public bool InitialR2T { get; set; } = true;
    public bool ImmediateData { get; set; } = true;
    public int MaxOutstandingR2T { get; set; } = 1;
    public int Time2Wait { get; set; } = 2;
    public int Time2Retain { get; set; } = 20;
    public ushort PortalGroupTag { get; set; } = 1;
    public ushort NextSessionHandle { get; set; } = 0x1001;

    /// <summary>The status of every login; 0: as it goes. 0101 and 0102 redirect to <see
    /// cref="RedirectsTo"/>.</summary>
    public ushort LoginStatus { get; set; }
    public string RedirectsTo { get; set; } = "";

    /// <summary>Longer login text is sent in pieces of this length.</summary>
    public int LoginPieceBytesMax { get; set; } = 8192;

    /// <summary>Says nothing to a login.</summary>
    public bool IsMute { get; set; }

    /// <summary>Changes the answers to login requests, which are counted from 0 on each connection.</summary>
    public Func<ModelLoginReply, ModelLoginReply>? Twist { get; set; }

    /// <summary>All login requests: stage, the stage it wants to go to, text with | for NUL:
    /// <c>0>1 AuthMethod=None</c>, <c>1 ...</c>.</summary>
    public List<string> LoginRequests { get; } = [];
}
