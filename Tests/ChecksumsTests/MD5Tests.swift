import Checksums
import Testing

@Suite struct MD5Tests {
    /// Source: RFC 1321, A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ])
    func knownAnswers(text: String, digest: String) {
        let md5 = MD5()
        for byte in text.utf8 { withUnsafeBytes(of: byte) { md5.add($0) } }
        #expect(md5.finish() == digest)
    }
}
