import Compression
import Dispatch

/// Values of one width, compressed: planes of bytes, in parts that are worked on in parallel.
///
/// A part's size (UInt64, little-endian), then the part, for every MiB of values. In a part the first
/// bytes of all values come first, then all second ones, and so on, so that signs and exponents, which
/// are alike, stand together; all of it is one Zstandard frame.
enum PackedBytes {
    private static let partByteCount = 1 << 20
    private static let level: Int32 = 1

    static func pack(
        _ bytes: UnsafeRawBufferPointer, elementByteCount width: Int, workerCount: Int
    ) -> [UInt8] {
        nonisolated(unsafe) let bytes = bytes
        let parts = Parts.map(bytes.count, workerCount) { range in
            let part = UnsafeRawBufferPointer(rebasing: bytes[range])
            return compressed(width == 1 ? Array(part) : planes(of: part, width))
        }
        var out: [UInt8] = []
        out.reserveCapacity(parts.reduce(0) { $0 + $1.count + 8 })
        for part in parts {
            out.put(UInt64(part.count))
            out += part
        }
        return out
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

    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        let capacity = Zstandard.bound(of: bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
            let size = bytes.withUnsafeBytes {
                Zstandard.compress($0, into: UnsafeMutableRawBufferPointer(out), level: level)
            }
            guard let size else {
                preconditionFailure("\(capacity) bytes are room for \(bytes.count), compressed")
            }
            count = size
        }
    }

    private static func planes(of bytes: UnsafeRawBufferPointer, _ width: Int) -> [UInt8] {
        let elementCount = bytes.count / width
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { out, count in
            for plane in 0..<width {
                let start = plane * elementCount
                for index in 0..<elementCount { out[start + index] = bytes[index * width + plane] }
            }
            count = bytes.count
        }
    }

    private enum Parts {
        /// The results of `body` for each MiB, in order.
        static func map(
            _ byteCount: Int, _ workerCount: Int, _ body: @Sendable (Range<Int>) -> [UInt8]
        ) -> [[UInt8]] {
            let partCount = (byteCount + partByteCount - 1) / partByteCount
            return [[UInt8]](unsafeUninitializedCapacity: partCount) { buffer, count in
                // Each part is written by one thread, and read after all have ended.
                nonisolated(unsafe) let results = buffer
                DispatchQueue.concurrentPerform(iterations: min(workerCount, partCount)) { worker in
                    for part in stride(from: worker, to: partCount, by: workerCount) {
                        let start = part * partByteCount
                        let range = start..<min(byteCount, start + partByteCount)
                        results.initializeElement(at: part, to: body(range))
                    }
                }
                count = partCount
            }
        }
    }
}

/// Takes bytes from the front.
struct PackedReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func number() -> UInt64? {
        take(8)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text() -> String? {
        guard let count = number(), count <= 4_096, let bytes = take(Int(count)) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter count: of values, which a small number of bytes can stand for.
    mutating func unpacked<Value: BitwiseCopyable & Numeric>(_ count: Int, of type: Value.Type)
        -> [Value]?
    {
        // What was written takes at least a byte for each part.
        guard count * MemoryLayout<Value>.size / 65_536 <= rest.count * 16 + 16 else { return nil }
        var values = [Value](repeating: 0, count: count)
        let isWhole = values.withUnsafeMutableBytes {
            PackedBytes.unpack(&self, into: $0, elementByteCount: MemoryLayout<Value>.size)
        }
        return isWhole ? values : nil
    }
}
