using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Wire;

/// <summary>One good message of each format, byte by byte: the golden tests compare with them, the fuzz table starts
/// from them.</summary>
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

    public static readonly byte[] DhcpDiscover = Golden.Bytes("""
        01 01 06 00          ; request, Ethernet, 6 bytes, no hops
        de ad be ef          ; xid
        00 04                ; seconds
        00 00                ; flags
        00*16                ; ciaddr, yiaddr, siaddr, giaddr
        52 54 00 12 34 56 00*10  ; chaddr
        00*192               ; sname, file
        63 82 53 63          ; magic cookie
        35 01 01             ; discover
        39 02 05 c0          ; messages to 1472 bytes
        5d 02 00 07          ; x64 UEFI
        5e 03 01 03 0a       ; UNDI 3.10
        3c 20 "PXEClient:Arch:00007:UNDI:003010"
        4d 04 "iPXE"
        37 19 01 03 06 07 0c 0f 11 1a 2a 2b 3c 42 43 77 79 80 81 82 83 84 85 86 87 af cb
        af 24                ; iPXE's options
        b1 05 01 1a f4 10 00 ; bus: PCI 1af4:1000
        eb 03 00 01 00       ; version 0.1.0
        17 01 01 13 01 01 14 01 01 11 01 01  ; DNS HTTP HTTPS iSCSI
        15 01 01 26 01 01 24 01 01 27 01 01  ; TFTP VLAN EFI Menu
        3d 07 01 52 54 00 12 34 56           ; client identifier
        61 11 00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ; machine UUID
        ff
        """);

    public static readonly byte[] DhcpAck = Golden.Bytes("""
        02 01 06 00          ; reply, Ethernet, 6 bytes, no hops
        de ad be ef          ; xid
        00 04 80 00          ; seconds, broadcast
        00*4                 ; ciaddr
        0a 00 02 0f          ; yiaddr
        0a 00 02 02          ; siaddr
        00*4                 ; giaddr
        52 54 00 12 34 56 00*10  ; chaddr
        "tftp" 00*60         ; sname
        "boot.ipxe" 00*119   ; file
        63 82 53 63          ; magic cookie
        35 01 05             ; ack
        36 04 0a 00 02 02    ; server
        33 04 00 01 51 80    ; lease time
        01 04 ff ff ff 00    ; netmask
        03 04 0a 00 02 02    ; gateway
        06 08 0a 00 02 03 08 08 08 08  ; DNS servers
        0f 0c "example.org" 00         ; domain, NUL-ended
        11 04 "root"         ; root path
        2b 06 06 01 08 47 01 aa        ; vendor options: 43.6, 43.71
        79 08 18 c0 a8 05 0a 00 02 05  ; 192.168.5.0/24 by 10.0.2.5
        af 09 01 01 fb b0 01 01 08 01 01 ; iPXE: priority -5, no-pxedhcp, keep-san
        ff
        """);

    public static readonly byte[] DnsResponse = Golden.Bytes("""
        12 34                ; id
        81 80                ; response, recursion desired and available
        00 01 00 03 00 00 00 00  ; one question, three answers
        03 "www" 07 "Example" 03 "org" 00 00 01 00 01       ; question at 12
        c0 0c 00 05 00 01 00 00 0e 10 00 06 03 "cdn" c0 10  ; CNAME cdn.example.org
        c0 2d 00 01 00 01 00 00 00 3c 00 04 c0 00 02 01     ; A 192.0.2.1
        c0 2d 00 1c 00 01 00 00 00 3c 00 10 20 01 0d b8 00*11 01  ; AAAA 2001:db8::1
        """);

    public static readonly byte[] TftpReadRequest = Golden.Bytes("""
        00 01 "boot/kernel" 00 "octet" 00 "blksize" 00 "1432" 00 "tsize" 00 "0" 00 "windowsize" 00 "16" 00
        """);

    public static readonly byte[] TftpOptionAck = Golden.Bytes("""
        00 06 "blksize" 00 "1432" 00 "tsize" 00 "8200000" 00
        """);

    public static readonly byte[] TftpData = Golden.Bytes("00 03 ff ff \"abc\"");

    public static readonly byte[] TftpError = Golden.Bytes("00 05 00 01 \"File not found\" 00");

    public static readonly byte[] HttpResponse = Golden.Bytes("""
        "HTTP/1.1 200 OK" 0d 0a
        "Server: x" 0d 0a
        "content-length:  12 " 0d 0a
        "Connection: keep-alive, Close" 0d 0a
        0d 0a "body"
        """);

    public static readonly byte[] HttpChunked = Golden.Bytes("""
        "1aF;name=value" 0d 0a
        """);

    public static readonly byte[] NewcMember = Golden.Bytes("""
        "070701"
        "00000000" "000081a4" "00000000" "00000000" "00000001"   ; inode, mode, uid, gid, links
        "00000000" "00000005"                                    ; time, size
        "00000000" "00000000" "00000000" "00000000" "00000007" "00000000"             ; devices, name size, check
        "ks.cfg" 00 00*3     ; name, padding
        "hello" 00*3         ; data, padding
        """);

    public static readonly byte[] BootDevicePath = Golden.Bytes("""
        01 04 18 00 00*15 07 de ad be ef                 ; hardware vendor node
        03 0b 25 00 52 54 00 12 34 56 00*26 01           ; MAC
        03 0c 1b 00 0a 00 02 0f 0a 00 02 02 00 00 50 00 06 00 00 0a 00 02 02 ff ff ff 00  ; IPv4
        03 18 15 00 "http://10.0.2.2/x"                  ; URI
        7f ff 04 00
        """);
}
