import CZstd

/// Zstandard: bytes in, fewer bytes out.
///
/// Source: RFC 8878; the library is Debian's libzstd.
public enum Zstandard {
    /// Room in which `compress` never fails.
    public static func bound(of byteCount: Int) -> Int { ZSTD_compressBound(byteCount) }

    /// - Returns: how many bytes of `out` were written; `nil` when they were too few.
    public static func compress(
        _ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer, level: Int32
    ) -> Int? {
        let size = ZSTD_compress(
            out.baseAddress, out.count, bytes.baseAddress, bytes.count, level)
        return ZSTD_isError(size) != 0 ? nil : size
    }

    /// Fills `out` with what was compressed.
    /// - Returns: false when `bytes` are not so many bytes compressed.
    public static func decompress(
        _ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) -> Bool {
        // An error is a number that no buffer is as long as.
        ZSTD_decompress(out.baseAddress, out.count, bytes.baseAddress, bytes.count) == out.count
    }
}
