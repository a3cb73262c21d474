import TensorFormats

/// Bytes of a file, wherever it is.
public protocol ByteSource: Sendable {
    var byteCount: Int { get }
    /// - Parameter range: inside of 0..<byteCount.
    func bytes(in range: Range<Int>) async throws -> [UInt8]
}

/// Finds tensors in files of every format; behind it is the library of one.
public protocol TensorTables: Sendable {
    /// The tensors of a file; of one that is not understood none.
    /// - Throws: only what reading throws.
    func table(of source: any ByteSource) async throws -> TensorTable

    /// Rows of a tensor that does not lie in the file as it is, along its first dimension: row by
    /// row, little-endian. A scalar has one row.
    func rows(
        _ rows: Range<Int>, of tensor: OtherTensor, in source: any ByteSource
    ) async throws -> [UInt8]
}

extension ByteSource {
    /// The tensors, where no library is needed to find them.
    /// - Returns: `nil` for HDF5.
    public func plainTable() async throws -> TensorTable? {
        var known = KnownBytes(fileByteCount: byteCount)
        while true {
            switch TensorFile.look(known) {
            case .table(let table): return table
            case .hdf5: return nil
            case .needs(let ranges):
                for range in ranges {
                    known.add(try await bytes(in: range), at: range.lowerBound)
                }
            }
        }
    }
}
