import TensorFormats

/// Bytes of a file, wherever it is.
public protocol ByteSource: Sendable {
    var byteCount: Int { get }
    /// - Parameter range: inside of 0..<byteCount.
    func bytes(in range: Range<Int>) async throws -> [UInt8]
}

extension ByteSource {
    /// The tensors of the file; of one that is not understood none.
    /// - Throws: only what reading throws.
    public func tensorTable() async throws -> TensorTable {
        var count = TensorFile.usualByteCount
        while true {
            let start = try await bytes(in: 0..<min(count, byteCount))
            switch TensorFile.look(start, fileByteCount: byteCount) {
            case .table(let table): return table
            case .needs(let more): count = more
            }
        }
    }
}
