namespace Bootlace.Wire;

/// <summary>A disk's target (iBFT 1.02 section 3.7).</summary>
public sealed record IbftTarget
{
    internal const int Bytes = 54;
    internal const byte Id = 4;

    private const int IpOffset = 6, PortOffset = 22, LunOffset = 24, ChapOffset = 32, NicOffset = 33, NameOffset = 34;
    private const int UserNameOffset = 38, PasswordOffset = 42, ReverseUserNameOffset = 46, ReversePasswordOffset = 50;
    private const byte NoChap = 0, Chap = 1, MutualChap = 2;

    /// <summary>The machine booted from it.</summary>
    public bool IsSelected { get; init; }

    /// <summary>The portal's address.</summary>
    public required IpAddress Address { get; init; }

    /// <summary>The portal's TCP port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The LUN's eight bytes as a big-endian number.</summary>
    public required ulong Lun { get; init; }

    /// <summary>Which of the table's cards reaches it.</summary>
    public int NicIndex { get; init; }

    /// <summary>The target's name.</summary>
    public required string Name { get; init; }

    /// <summary>Our name for CHAP; empty: no CHAP.</summary>
    public string UserName { get; init; } = "";

    /// <summary>Our secret.</summary>
    public string Password { get; init; } = "";

    /// <summary>The target's name for mutual CHAP; empty: it is not asked who it is.</summary>
    public string ReverseUserName { get; init; } = "";

    /// <summary>The target's secret.</summary>
    public string ReversePassword { get; init; } = "";

    /// <summary>For messages: never a secret.</summary>
    public override string ToString() => $"{Name} at {Address} port {Port}";

    private byte ChapType => UserName.Length == 0 ? NoChap : ReverseUserName.Length == 0 ? Chap : MutualChap;

    internal bool TryWrite(IbftWriter writer, int index)
    {
        // the two further flags mean that a RADIUS server checks the secrets: never here, so the secrets count
        int at = writer.Start(Id, Bytes, index, IbftWriter.Flags(IsSelected));
        writer.Address(at + IpOffset, Address);
        writer.Number(at + PortOffset, Port);
        writer.Lun(at + LunOffset, Lun);
        writer.Byte(at + ChapOffset, ChapType);
        writer.Byte(at + NicOffset, (byte)NicIndex);
        return writer.TryText(at + NameOffset, Name)
            && (ChapType == NoChap || writer.TryText(at + UserNameOffset, UserName)
                && writer.TryText(at + PasswordOffset, Password))
            && (ChapType != MutualChap || writer.TryText(at + ReverseUserNameOffset, ReverseUserName)
                && writer.TryText(at + ReversePasswordOffset, ReversePassword));
    }
}
