import COpenSSL
import CairnCore

/// MD5, by which other tools name files. It tells accidents, not attacks.
///
/// Source: RFC 1321, as libcrypto has it.
public final class MD5 {
    private let context: OpaquePointer

    public init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_md5(), nil) == 1
        else { preconditionFailure("libcrypto has no MD5: this host's policy forbids it") }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    public func add(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// 32 hexadecimal digits. Once.
    public func finish() -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        EVP_DigestFinal_ex(context, &digest, nil)
        return Hexadecimal.text(of: digest)
    }
}
