using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Wire;

/// <summary>One good message of each format, byte by byte: the golden tests compare with them, the fuzz table starts from
/// them.</summary>
public static class Samples
{
    public static readonly MacAddress Us = MacAddress.Read([0x52, 0x54, 0, 0x12, 0x34, 0x56]);
    public static readonly MacAddress Them = MacAddress.Read([0x52, 0x55, 10, 0, 2, 2]);
    public static readonly Ipv4Address OurAddress = new(10, 0, 2, 15);
    public static readonly Ipv4Address TheirAddress = new(10, 0, 2, 2);

    public static readonly byte[] TaggedFrame = Golden.Bytes("""
        52 54 00 12 34 56    ; target
        52 55 0a 00 02 02    ; source
        88 a8 00 64          ; outer tag, VLAN 100
        81 00 b0 0a          ; inner tag, priority 5, drop eligible, VLAN 10
        08 00                ; IPv4
        45 00                ; payload
        """);

    public static readonly byte[] ArpRequest = Golden.Bytes("""
        00 01                ; Ethernet
        08 00                ; IPv4
        06 04                ; address lengths
        00 01                ; request
        52 54 00 12 34 56    ; source station
        0a 00 02 0f          ; source address
        00 00 00 00 00 00    ; target station
        0a 00 02 02          ; target address
        """);

    public static readonly byte[] Ipv4Packet = Golden.Bytes("""
        45 00                ; version 4, 5 words, DSCP 0
        00 18                ; 24 bytes
        12 34                ; identification
        40 00                ; don't fragment
        40                   ; time to live 64
        11                   ; UDP
        10 91                ; checksum
        0a 00 02 0f          ; source
        0a 00 02 02          ; target
        de ad be ef          ; payload
        """);

    public static readonly byte[] Ipv4LastFragment = Golden.Bytes("""
        46 00                ; version 4, 6 words
        00 19                ; 25 bytes
        00 01                ; identification
        00 b9                ; last fragment at 1480
        ff                   ; time to live 255
        01                   ; ICMP
        0e 15                ; checksum
        0a 00 02 0f          ; source
        0a 00 02 02          ; target
        94 04 00 00          ; router alert
        99                   ; one byte of payload
        """);

    public static readonly byte[] UdpDatagram = Golden.Bytes("""
        00 44                ; from 68
        00 43                ; to 67
        00 0b                ; 11 bytes
        22 de                ; checksum over 10.0.2.15, 10.0.2.2
        61 62 63             ; payload
        """);

    public static readonly byte[] TcpSyn = Golden.Bytes("""
        c0 00                ; from 49152
        00 50                ; to 80
        11 22 33 44          ; sequence
        00 00 00 00          ; acknowledgement
        a0 02                ; 10 words, SYN
        ff fc                ; window 65532
        2b 39                ; checksum over 10.0.2.15, 10.0.2.2
        00 00                ; urgent
        02 04 05 b4          ; MSS 1460
        04 02                ; SACK permitted
        08 0a 00 00 00 01 00 00 00 00  ; timestamps 1, 0
        01 03 03 09          ; window scale 9
        """);

    public static readonly byte[] TcpSack = Golden.Bytes("""
        c0 00                ; from 49152
        00 50                ; to 80
        00 00 00 02          ; sequence
        00 00 10 00          ; acknowledgement
        d0 10                ; 13 words, ACK
        02 00                ; window
        7d c1                ; checksum over 10.0.2.15, 10.0.2.2
        00 00                ; urgent
        01 01 08 0a 00 00 00 02 00 00 00 03           ; timestamps 2, 3
        01 01 05 12                                   ; two SACK blocks
        00 00 20 00 00 00 30 00                       ; first
        ff ff ff f0 00 00 00 10                       ; second, wraps
        68 69                ; payload
        """);

    public static readonly byte[] IcmpEchoRequest = Golden.Bytes("""
        08 00                ; echo
        31 7f                ; checksum
        12 34                ; identifier
        00 01                ; sequence
        61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70 71  ; data
        """);

    public static readonly byte[] IcmpPortUnreachable = Golden.Bytes("""
        03 03                ; unreachable, port
        2a 82                ; checksum
        00 00 00 00          ; unused
        45 00 00 1f 00 00 40 00 40 11 22 b4 0a 00 02 0f 0a 00 02 02  ; our packet's header
        c0 00 00 45 00 0b 12 34                                      ; its first 8 bytes
        """);
}
