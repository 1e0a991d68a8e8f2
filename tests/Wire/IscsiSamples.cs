using Bootlace.Tests.Support;

namespace Bootlace.Tests.Wire;

/// <summary>One PDU header of each kind, field by field as RFC 7143 section 11 draws them.</summary>
internal static class IscsiSamples
{
    public static readonly byte[] NopOut = Golden.Bytes("""
        40 80 0000      ; immediate NOP-Out, final
        00 000004       ; no AHS, 4 bytes of data
        0001000000000000 ; LUN
        ffffffff        ; no answer wanted
        00000007        ; answers the target's ping 7
        00000010 00000020 ; CmdSN, ExpStatSN
        00*16
        """);

    public static readonly byte[] NopIn = Golden.Bytes("""
        20 80 0000
        00 000000
        0001000000000000 ; LUN
        ffffffff        ; answers nothing
        00000007        ; wants an answer
        00000020 00000010 0000004f ; StatSN, ExpCmdSN, MaxCmdSN
        00*12
        """);

    public static readonly byte[] ScsiCommand = Golden.Bytes("""
        01 a1 0000      ; final, write, simple
        00 000200       ; 512 bytes of immediate data
        0001000000000000 ; LUN
        00000003        ; tag
        00001000        ; expected data transfer length
        00000011 00000020 ; CmdSN, ExpStatSN
        2a00 00000800 00 0008 00 00*6 ; WRITE(10) of 8 blocks at 2048
        """);

    public static readonly byte[] ScsiResponse = Golden.Bytes("""
        21 82 00 02     ; final, underflow; completed; CHECK CONDITION
        00 000014       ; sense
        00*8
        00000003 00000000 ; tag, SNACK tag
        00000021 00000012 00000050 ; StatSN, ExpCmdSN, MaxCmdSN
        00000002        ; ExpDataSN
        00000000 00001200 ; bidirectional residual, residual
        """);

    public static readonly byte[] TaskRequest = Golden.Bytes("""
        42 85 0000      ; immediate; LOGICAL UNIT RESET
        00*4
        0001000000000000
        00000004 ffffffff ; tag, referenced tag
        00000012 00000021 ; CmdSN, ExpStatSN
        00000009        ; RefCmdSN
        00*12
        """);

    public static readonly byte[] TaskResponse = Golden.Bytes("""
        22 80 02 00     ; LUN does not exist
        00*12
        00000004 00000000
        00000021 00000012 00000050
        00*12
        """);

    public static readonly byte[] LoginRequest = Golden.Bytes("""
        43 87 00 00     ; T, operational to full feature; versions 0 to 0
        00 000031
        80abcdef 1234   ; ISID, random
        0000            ; TSIH
        00000001        ; tag
        0001 0000       ; CID
        00000010 00000020 ; CmdSN, ExpStatSN
        00*16
        """);

    public static readonly byte[] LoginResponse = Golden.Bytes("""
        23 87 00 00     ; T, operational to full feature; version 0
        00 000018
        80abcdef 1234
        0005            ; TSIH
        00000001 00000000
        00000020 00000010 0000004f
        0000 0000       ; success
        00*8
        """);

    public static readonly byte[] LoginRedirect = Golden.Bytes("""
        23 00 00 00
        00 00001f
        80abcdef 1234 0000
        00000001 00000000
        00000020 00000010 00000010
        0101 0000       ; moved temporarily
        00*8
        """);

    public static readonly byte[] TextRequest = Golden.Bytes("""
        44 80 0000      ; immediate, final
        00 000010
        00*8
        00000002 ffffffff
        00000010 00000021
        00*16
        """);

    public static readonly byte[] TextResponse = Golden.Bytes("""
        24 40 0000      ; goes on
        00 002000
        00*8
        00000002 00000001
        00000021 00000010 00000050
        00*12
        """);

    public static readonly byte[] DataOut = Golden.Bytes("""
        05 80 0000
        00 002000
        0001000000000000
        00000003 00000009 ; tag, the R2T's tag
        00000000 00000021 ; reserved, ExpStatSN
        00000000 00000001 ; reserved, DataSN
        00010000 00000000 ; buffer offset
        """);

    public static readonly byte[] DataIn = Golden.Bytes("""
        25 83 00 00     ; final, underflow, status good
        00 001000
        00*8
        00000003 ffffffff
        00000022 00000013 00000051
        00000001        ; DataSN
        00001000        ; buffer offset
        00000300        ; residual
        """);

    public static readonly byte[] LogoutRequest = Golden.Bytes("""
        46 81 0000      ; immediate, close the connection
        00*12
        00000005
        0001 0000       ; CID
        00000014 00000023
        00*16
        """);

    public static readonly byte[] LogoutResponse = Golden.Bytes("""
        26 80 00 00
        00*12
        00000005 00000000
        00000023 00000014 00000052
        00*4
        0002 0014       ; Time2Wait, Time2Retain
        00*4
        """);

    public static readonly byte[] ReadyToTransfer = Golden.Bytes("""
        31 80 0000
        00*4
        0001000000000000
        00000003 00000009
        00000022 00000013 00000051
        00000001        ; R2TSN
        00010000 00008000 ; buffer offset, desired length
        """);

    public static readonly byte[] Async = Golden.Bytes("""
        32 80 0000
        00*12
        ffffffff 00000000
        00000024 00000015 00000053
        02 00 0001      ; the target drops connection 1
        0002 001e       ; Time2Wait, Time2Retain
        00*4
        """);

    public static readonly byte[] Reject = Golden.Bytes("""
        3f 80 09 00     ; invalid PDU field
        00 000030
        00*8
        ffffffff 00000000
        00000025 00000016 00000054
        00000003        ; DataSN
        00*8
        """);

    /// <summary>A target's answer in the operational stage, as in RFC 7143 appendix A.</summary>
    public static readonly byte[] Text = Golden.Bytes("""
        "TargetPortalGroupTag=1" 00
        "HeaderDigest=CRC32C" 00
        "MaxBurstLength=0x40000" 00
        "X-vendor.key=" 00
        "CHAP_C=0x0123456789abcdefFEDC" 00
        """);
}
