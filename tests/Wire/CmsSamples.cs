using Bootlace.Tests.Support;

namespace Bootlace.Tests.Wire;

/// <summary>Signatures of the five bytes "hello" as OpenSSL 3.0 made them, and the signer's certificate.</summary>
internal static class CmsSamples
{
    public static readonly byte[] Certificate = Golden.Bytes("""
        30820179
        3082011e
        a003020102            ; version 3
        0203008001            ; serial number 0x8001
        300a06082a8648ce3d040302   ; ECDSA with SHA-256
        300c310a300806035504030c0172   ; issuer: CN=r
        301e170d3236313132313135323030305a170d3236313231313135323030305a
        300c310a300806035504030c0173   ; subject: CN=s
        3059301306072a8648ce3d020106082a8648ce3d030107034200    ; key on P-256
        0445780b2faf050b74bf7a896b7fdd8cf16370a8cb123adc03541aea21e9d7f543
        479710d9ef3bab615f7fdda43045ae0a8e06cfb413e8fc0a5e6f0bbbee59149a
        a36f306d              ; extensions
        30090603551d1304023000         ; no authority
        300b0603551d0f040403020780     ; digitalSignature
        30130603551d25040c300a06082b06010505070303     ; codeSigning
        301d0603551d0e04160414c53c27217553fbf7e81930d0f9f95d5c344c78ff
        301f0603551d23041830168014304989597da7eb045e680a86300049f9dc27239c
        300a06082a8648ce3d040302
        034900                ; the issuer's signature
        3046022100d12a7799f2c1ea067043e0c6c644993962cf8beab224618528391660cbda2d39
        022100a89ea6af6d89b1daaee4d302e7c20e96c18289889da394a9954511e4ca7e12a8
        """);

    /// <summary>cms -sign -binary -nosmimecap -outform DER</summary>
    public static readonly byte[] WithAttributes =
    [
        .. Golden.Bytes("""
        3082029f 06092a864886f70d010702     ; signed data
        a0820290 3082028c 020101
        310d300b0609608648016503040201      ; SHA-256
        300b 06092a864886f70d010701         ; of data that is not in here
        a082017d                            ; certificates
        """),
        .. Certificate,
        .. Golden.Bytes("""
        3181e9 3081e6 020101
        3013 300c310a300806035504030c0172 0203008001   ; CN=r, 0x8001
        300b0609608648016503040201          ; SHA-256
        a069                                ; signed attributes
        301806092a864886f70d010903 310b 06092a864886f70d010701     ; content type: data
        301c06092a864886f70d010905 310f 170d3236313132313135323030305a
        302f06092a864886f70d010904 3122 0420                       ; message digest
        2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
        300a06082a8648ce3d040302            ; ECDSA with SHA-256
        0448 3046022100bb80cff16ee7c8545d5f75ccb2682efd89a30d51ec4f4292848dea10a10fb273
        022100f440c61585358b1b7526a28e0230b963cc26415cf9f05949e7632b8bc4f2ca31
        """),
    ];

    /// <summary>cms -sign -binary -noattr -keyid -stream -outform DER: lengths are indefinite, the content is inside.
    /// </summary>
    public static readonly byte[] Streamed =
    [
        .. Golden.Bytes("""
        3080 06092a864886f70d010702
        a080 3080 020103
        310d300b0609608648016503040201
        3080 06092a864886f70d010701 a080 2480 0405 "hello" 0000 0000 0000
        a082017d
        """),
        .. Certificate,
        .. Golden.Bytes("""
        317e 307c 020103
        8014c53c27217553fbf7e81930d0f9f95d5c344c78ff    ; by its key identifier
        300b0609608648016503040201
        300a06082a8648ce3d040302
        0448 3046022100cafd0c0e80eda86801b968634a56966bd9f80e3ebf2e993ccd743b733ca06453
        022100f96e6b8b9681fc1d0277ad08da21a8d14de53d9327cca7b2753a64a9d2ef9794
        0000 0000 0000
        """),
    ];

    /// <summary>cms -sign -binary -noattr -nocerts -md sha512 -keyopt rsa_padding_mode:pss -outform DER</summary>
    public static readonly byte[] Pss = Golden.Bytes("""
        30820121 06092a864886f70d010702
        a0820112 3082010e 020101
        310d300b0609608648016503040203      ; SHA-512
        300b06092a864886f70d010701
        3181ec 3081e9 020101
        3011 300c310a300806035504030c0172 020107       ; CN=r, 7
        300b0609608648016503040203
        3041 06092a864886f70d01010a 3034    ; RSA-PSS
        a00f300d06096086480165030402030500  ; SHA-512
        a11c301a06092a864886f70d010108300d06096086480165030402030500    ; MGF1 with SHA-512
        a2030201 3e                         ; salt of 62 bytes
        048180
        c164765a025b86dac8261d0c8a0d5c0a1e5feac81175be846064a273bd15b83e
        79bd1fc28dd5833e30140fc39da6c48493e013b1cba29a34d69e6cecd214aeee
        5c26208af52a557efda7d4d0bb64112d2f72cefc8bbf0b54c8ea1f1dda713d24
        3ef487998086a8cfc8efaddd74ac9bb711dccb8d25a528d70e657f1d76a0c655
        """);
}
