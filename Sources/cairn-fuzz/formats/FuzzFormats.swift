import TensorFormats

/// libFuzzer's entry: bytes from nowhere as a checkpoint file.
///
/// Whatever a header claims, tensors lie inside of the file and the pieces are the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormats(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let table = table(of: bytes) else { return 0 }
    var end = 0
    for tensor in table.tensors {
        precondition(tensor.offset >= end && tensor.end <= bytes.count, "\(tensor)")
        end = tensor.end
    }
    for tensor in table.views {
        precondition(tensor.offset >= 0 && tensor.end <= bytes.count, "\(tensor)")
    }
    var at = 0
    for piece in ChunkPlan.pieces(of: table, fileByteCount: bytes.count, pieceByteCount: 64) {
        precondition(piece.offset == at && (1...256).contains(piece.byteCount), "\(piece)")
        at += piece.byteCount
    }
    precondition(at == bytes.count, "the pieces end at \(at) of \(bytes.count)")
    return 0
}

private func table(of bytes: [UInt8]) -> TensorTable? {
    var known = KnownBytes(fileByteCount: bytes.count)
    for _ in 0..<16 {
        switch TensorFile.look(known) {
        case .table(let table): return table
        case .hdf5: return nil
        case .needs(let ranges):
            for range in ranges {
                precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range)")
                known.add(Array(bytes[range]), at: range.lowerBound)
            }
        }
    }
    preconditionFailure("it asks for ever")
}
