namespace Bootlace.Wire;

/// <summary>What kind of PDU it is: the low six bits of its first byte (RFC 7143 section 11.2.1.2).</summary>
public static class IscsiOpcode
{
    /// <summary>From the initiator: a ping or the answer to one.</summary>
    public const byte NopOut = 0x00;
    /// <summary>A SCSI command.</summary>
    public const byte ScsiCommand = 0x01;
    /// <summary>A task management request.</summary>
    public const byte TaskRequest = 0x02;
    /// <summary>A step of the login.</summary>
    public const byte LoginRequest = 0x03;
    /// <summary>Text, in full feature phase.</summary>
    public const byte TextRequest = 0x04;
    /// <summary>Data that is written.</summary>
    public const byte DataOut = 0x05;
    /// <summary>The end of connection or session is wanted.</summary>
    public const byte LogoutRequest = 0x06;
    /// <summary>From the target: a ping or the answer to one.</summary>
    public const byte NopIn = 0x20;
    /// <summary>A SCSI command's end.</summary>
    public const byte ScsiResponse = 0x21;
    /// <summary>The answer to a task management request.</summary>
    public const byte TaskResponse = 0x22;
    /// <summary>The answer to a step of the login.</summary>
    public const byte LoginResponse = 0x23;
    /// <summary>The answer to text.</summary>
    public const byte TextResponse = 0x24;
    /// <summary>Data that is read, with the command's end in the last.</summary>
    public const byte DataIn = 0x25;
    /// <summary>The answer to a logout request.</summary>
    public const byte LogoutResponse = 0x26;
    /// <summary>The target is ready for data that is written.</summary>
    public const byte ReadyToTransfer = 0x31;
    /// <summary>Something happened at the target.</summary>
    public const byte Async = 0x32;
    /// <summary>The target refused a PDU.</summary>
    public const byte Reject = 0x3f;
}
