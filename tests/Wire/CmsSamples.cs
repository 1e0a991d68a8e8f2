using Bootlace.Tests.Support;

namespace Bootlace.Tests.Wire;

/// <summary>Signatures and envelopes of the five bytes "hello" as OpenSSL 3.0 made them, and the certificate they name.
/// </summary>
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

    /// <summary>cms -encrypt -binary -aes-128-gcm -outform DER, for CN=r, 0x8001, without the data.</summary>
    public static readonly byte[] Gcm = Golden.Bytes("""
        3081c2 060b2a864886f70d0109100117   ; authenticated envelope
        a081b2 3081af 020100
        316b 3069 020100                    ; one recipient
        3013 300c310a300806035504030c0172 0203008001   ; CN=r, 0x8001
        300d06092a864886f70d010101 0500     ; RSA, PKCS #1
        0440 9f45fc65da792f156ddfa1841bd7e6b8b637bf2560c57a53ff66fc3f9c3269b7
        15a2a51ccd2bfc65a32c706b1eb3d1ac12dfd83b9a6bf650a2848a03e1501287
        302b 06092a864886f70d010701
        301e 0609608648016503040106         ; AES-128-GCM
        3011 040c9bad935a27c8bb47f88c297f 020110   ; nonce, length of the tag
        0410 64d1633014724bff527586b88b5a569f
        """);

    /// <summary>cms -encrypt -binary -aes-256-cbc -stream -keyid -outform DER, for an RSA key and for one on P-256,
    /// with the data.</summary>
    public static readonly byte[] Cbc = Golden.Bytes("""
        3080 06092a864886f70d010703         ; envelope
        a080 3080 020102
        31820125
        306a 020102
        8014c53c27217553fbf7e81930d0f9f95d5c344c78ff   ; by its key identifier
        300d06092a864886f70d010101 0500
        0440 baa14a24ec4e8f978825618b1130f03e4d8868dabcc2dbce322c18348394e4a8
        cb8978dd6d82b2044782edef48780d329f61918a0c2e439cd52d82117767ffa8
        a181b6 020103                       ; a key is agreed upon with the other one
        a051 a14f 300906072a8648ce3d0201
        03420004b0c19dce54f6fcd2d0c0f80dd2c1bc2614bd1a7b80dc213e3b831e9e7cdf9531
        9eef338da6f5669fa3d3de264988c5e434314f80e037bb83687667bcabd7209e
        3018 06092b81051086483f0002 300b060960864801650304012d
        3044 3042 a0160414597d0e6dd93e96bd9636ee42fa1dcb0ba5ad73d7
        04288a0a7595a47c9f8f6e7a4b0ed576a9be2ff780b28dfe708c3c449b4de62baa731abc81eaa972c92d
        3080 06092a864886f70d010701
        301d 060960864801650304012a 0410 5ff32e1b1441e1b86d54ae5658a00325   ; AES-256-CBC, its vector
        a080 0410 25795a0e40d54cc046bed84a2f35a5f2 0000    ; the data
        0000 0000 0000 0000
        """);

    /// <summary>cms -encrypt -binary -aes-192-gcm -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256 -outform
    /// DER, for CN=r, 0x8001, without the data.</summary>
    public static readonly byte[] Oaep = Golden.Bytes("""
        30820132 060b2a864886f70d0109100117
        a0820121 3082011d 020100
        3181d8 3081d5 020100
        3013 300c310a300806035504030c0172 0203008001
        3038 06092a864886f70d010107 302b    ; RSA-OAEP
        a00d300b0609608648016503040201      ; SHA-256
        a11a301806092a864886f70d010108300b0609608648016503040201    ; MGF1 with SHA-256
        048180
        72ea109a33cb34d83715b7748fcda8a529aae2e0a03b2879ab760aeb926e9bbb
        818ae376975cf8237a02d6fa5cbd35abcfd1b0416b00091c0c7c5aa7dbafb00b
        42d079b782d055c37b48a9dc7ed0fcffc993624d38c28e0831f70c5fc4ae91b6
        173c36dd585d0875985466aee5e1ef1321eeb35eab0e0aa03a28491be9f5c27a
        302b 06092a864886f70d010701
        301e 060960864801650304011a 3011 040c08ecb9f760f68c0913477af9 020110
        0410 bd57457a291d2927bf2627cb4eaa5037
        """);
}
