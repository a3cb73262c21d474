import Compression
import Statistics

/// Values of one width, compressed: planes of bytes, in parts that are worked on in parallel.
///
/// A part's size (UInt64, little-endian), then the part, for every MiB of values. In a part the first
/// bytes of all values come first, then all second ones, and so on, so that signs and exponents, which
/// are alike, stand together; all of it is one Zstandard frame.
enum PackedBytes {
    private static let partByteCount = 1 << 20

    /// Numbers are packed at a level that is half again as fast as 1: what stands behind their first
    /// bytes is chance, and no level makes it smaller.
    static func pack(
        _ bytes: UnsafeRawBufferPointer, elementByteCount width: Int, workerCount: Int,
        into out: inout ByteChunks
    ) {
        nonisolated(unsafe) let bytes = bytes
        let parts = Blocks(count: bytes.count, workers: workerCount, size: partByteCount).map {
            let part = UnsafeRawBufferPointer(rebasing: bytes[$0])
            if width == 1 { return compressed(part, level: 1) }
            return planes(of: part, width).withUnsafeBytes { compressed($0, level: -1) }
        }
        for part in parts {
            out.head.put(UInt64(part.count))
            out.append(part)
        }
    }

    /// Fills `out`; takes from `reader` what `pack` wrote.
    /// - Returns: false where that is not what is there.
    static func unpack(
        _ reader: inout PackedReader, into out: UnsafeMutableRawBufferPointer,
        elementByteCount width: Int
    ) -> Bool {
        for start in stride(from: 0, to: out.count, by: partByteCount) {
            let count = min(partByteCount, out.count - start)
            guard let size = reader.number(), let size = Int(exactly: size),
                let packed = reader.take(size)
            else { return false }
            var planes = [UInt8](repeating: 0, count: count)
            let isWhole = packed.withUnsafeBytes { packed in
                planes.withUnsafeMutableBytes { Zstandard.decompress(packed, into: $0) }
            }
            guard isWhole else { return false }
            let part = UnsafeMutableRawBufferPointer(rebasing: out[start..<start + count])
            let elementCount = count / width
            for plane in 0..<width {
                for index in 0..<elementCount {
                    part[index * width + plane] = planes[plane * elementCount + index]
                }
            }
        }
        return true
    }

    private static func compressed(_ bytes: UnsafeRawBufferPointer, level: Int32) -> [UInt8] {
        let capacity = Zstandard.bound(of: bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
            let size = Zstandard.compress(
                bytes, into: UnsafeMutableRawBufferPointer(out), level: level)
            guard let size else {
                preconditionFailure("\(capacity) bytes are room for \(bytes.count), compressed")
            }
            count = size
        }
    }

    private static func planes(of bytes: UnsafeRawBufferPointer, _ width: Int) -> [UInt8] {
        switch width {
        case 4: planes(of: bytes.bindMemory(to: UInt32.self), width)
        case 8: planes(of: bytes.bindMemory(to: UInt64.self), width)
        default: preconditionFailure("values of \(width) bytes")
        }
    }

    /// Shifts and cuts off, which the compiler does for many values at once.
    private static func planes<Value: FixedWidthInteger>(
        of values: UnsafeBufferPointer<Value>, _ width: Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: values.count * width) { out, count in
            for plane in 0..<width {
                let start = out.baseAddress! + plane * values.count
                let shift = Value(8 * plane)
                for index in 0..<values.count {
                    start[index] = UInt8(
                        truncatingIfNeeded: values[index].littleEndian &>> shift)
                }
            }
            count = values.count * width
        }
    }
}

/// Bytes in pieces, put together once.
struct ByteChunks {
    private var chunks: [[UInt8]] = []
    /// What comes behind all that was appended.
    var head: [UInt8] = []

    mutating func append(_ chunk: [UInt8]) {
        chunks.append(head)
        chunks.append(chunk)
        head = []
    }

    func joined(workerCount: Int) -> [UInt8] {
        let chunks = chunks + [head]
        var starts = [0]
        for chunk in chunks { starts.append(starts[starts.count - 1] + chunk.count) }
        let (places, byteCount) = (starts, starts[chunks.count])
        return [UInt8](unsafeUninitializedCapacity: byteCount) { out, count in
            // Each chunk is copied by one thread, to its own place.
            nonisolated(unsafe) let out = out
            Blocks(count: chunks.count, workers: workerCount, size: 1).forEach { index, _ in
                _ = UnsafeMutableBufferPointer(rebasing: out[places[index]..<places[index + 1]])
                    .update(fromContentsOf: chunks[index])
            }
            count = byteCount
        }
    }
}
