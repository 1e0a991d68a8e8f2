using System.Collections.Generic;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiTarget
{
    /// <summary>The answer to SendTargets=All, | for NUL.</summary>
    public string TargetList { get; set; } = $"TargetName={DefaultName}|TargetAddress=10.1.0.2:3260,1";

    /// <summary>Longer lists are sent in pieces of this length.</summary>
    public int ListPieceBytesMax { get; set; } = 8192;

    /// <summary>Pings the initiator before each piece of the list, and wants an answer.</summary>
    public bool PingsBetween { get; set; }

    /// <summary>Says nothing to these.</summary>
    public bool IsMuteToText { get; set; }
    public bool IsMuteToLogout { get; set; }

    /// <summary>Text requests, | for NUL.</summary>
    public List<string> TextRequests { get; } = [];

    /// <summary>Answers to pings.</summary>
    public int Pongs { get; set; }

    /// <summary>Logouts.</summary>
    public int Logouts { get; set; }
}
