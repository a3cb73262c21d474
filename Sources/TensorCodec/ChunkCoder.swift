import CTensorCodec
import CairnCore
import Compression

/// Lossless codes for one chunk.
///
/// Source: the formats and figures of `docs/benchmarks/store.md`; `Sources/CTensorCodec` has the
/// kernels.
public struct ChunkCoder: Sendable {
    /// Code with no more than this: for tests of one level against another.
    public enum Level: UInt32, Sendable, CaseIterable { case baseline, avx2, avx512 }

    /// The best that this processor has.
    public static var bestLevel: Level { Level(rawValue: cairn_codec_best_level().rawValue)! }

    /// A code that would save less is not worth its time.
    private static let leastSaving = 0.03
    /// What is coded to choose between codes: from the middle of the chunk.
    private static let sampleByteCount = 64 << 10
    private static let zstdLevel: Int32 = 3

    private let level: cairn_codec_level

    public init(level: Level = bestLevel) { self.level = cairn_codec_level(level.rawValue) }

    // MARK: Encoding

    /// The best code that needs no other chunk; `nil` when none saves enough.
    public func alone(_ bytes: UnsafeRawBufferPointer, _ element: ElementType)
        -> (code: ChunkCode, payload: SharedBytes)?
    {
        let width = element.byteCount
        if bytes.count % width == 0, cairn_codec_is_fill(bytes.start, bytes.count, width) != 0 {
            return (.fill, SharedBytes(Array(bytes.prefix(width))))
        }
        let most = Int(Double(bytes.count) * (1 - Self.leastSaving))
        if element.isFloat {
            return planes(bytes, element, capacity: most).map { (.planes, $0) }
        }
        return zstd(bytes, capacity: most).map { (.zstd, $0) }
    }

    /// Differences to `parent`; `nil` when they would not save enough, or save less than `planes`.
    ///
    /// - Parameter parent: as many bytes, the same tensor of another version.
    public func delta(
        _ bytes: UnsafeRawBufferPointer, to parent: UnsafeRawBufferPointer, _ element: ElementType
    ) -> (code: ChunkCode, payload: SharedBytes)? {
        guard bytes.count == parent.count, element.byteCount > 1 || element.isFloat else {
            return nil
        }
        let most = Int(Double(bytes.count) * (1 - Self.leastSaving))
        let (sample, same) = (Self.sample(of: bytes, element), Self.sample(of: parent, element))
        guard let tried = delta(sample, same, element, capacity: sample.count) else { return nil }
        if element.isFloat, let alone = planes(sample, element, capacity: sample.count),
            alone.count <= tried.count
        {
            return nil
        }
        let code: ChunkCode = element.isFloat ? .deltaByExponent : .delta
        return delta(bytes, parent, element, capacity: most).map { (code, $0) }
    }

    /// Whether these are the float32 elements of `source`, rounded.
    public func isCast(
        _ bytes: UnsafeRawBufferPointer, of source: UnsafeRawBufferPointer, _ element: ElementType
    ) -> Bool {
        guard bytes.count * 2 == source.count else { return false }
        return ScratchPool.with(byteCount: bytes.count) { scratch in
            guard Self.cast(source, element, into: scratch) else { return false }
            return UnsafeRawBufferPointer(scratch).prefix(bytes.count).elementsEqual(bytes)
        }
    }

    private func planes(
        _ bytes: UnsafeRawBufferPointer, _ element: ElementType, capacity: Int
    ) -> SharedBytes? {
        coded(bytes.count, capacity) { out, scratch in
            cairn_codec_encode_self(
                level, element.model, bytes.start, bytes.count, out, capacity, scratch)
        }
    }

    private func delta(
        _ bytes: UnsafeRawBufferPointer, _ parent: UnsafeRawBufferPointer, _ element: ElementType,
        capacity: Int
    ) -> SharedBytes? {
        coded(bytes.count, capacity) { out, scratch in
            cairn_codec_encode_delta(
                level, element.model, element.isFloat ? 1 : 0, bytes.start, parent.start,
                bytes.count, out, capacity, scratch)
        }
    }

    private func zstd(_ bytes: UnsafeRawBufferPointer, capacity: Int) -> SharedBytes? {
        coded(0, capacity) { out, _ in
            let out = UnsafeMutableRawBufferPointer(start: out, count: capacity)
            return Zstandard.compress(bytes, into: out, level: Self.zstdLevel) ?? 0
        }
    }

    /// Codes into reused memory and keeps what came of it.
    private func coded(
        _ byteCount: Int, _ capacity: Int,
        _ body: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Int
    ) -> SharedBytes? {
        let scratchByteCount = cairn_codec_scratch(byteCount)
        return ScratchPool.with(byteCount: scratchByteCount + capacity) { buffer in
            let scratch = buffer.start
            let out = scratch + scratchByteCount
            let size = body(out, scratch)
            guard size > 0 else { return nil }
            return SharedBytes(count: size) {
                $0.copyMemory(from: UnsafeRawBufferPointer(start: out, count: size))
            }
        }
    }

    private static func sample(
        of bytes: UnsafeRawBufferPointer, _ element: ElementType
    ) -> UnsafeRawBufferPointer {
        guard bytes.count > sampleByteCount else { return bytes }
        let start = (bytes.count - sampleByteCount) / 2 / element.byteCount * element.byteCount
        return UnsafeRawBufferPointer(rebasing: bytes[start..<start + sampleByteCount])
    }

    // MARK: Decoding

    /// Fills `out` with the chunk.
    ///
    /// - Parameter parent: the chunk that `code` needs; `nil` where it needs none.
    /// - Returns: false when `payload` or `parent` cannot be what was encoded. What is not noticed
    ///   here, the chunk's digest will tell.
    public func decode(
        _ code: ChunkCode, _ payload: UnsafeRawBufferPointer, _ element: ElementType,
        parent: UnsafeRawBufferPointer?, into out: UnsafeMutableRawBufferPointer
    ) -> Bool {
        switch code {
        case .raw:
            guard payload.count == out.count else { return false }
            out.copyMemory(from: payload)
            return true
        case .fill: return Self.fill(out, with: payload, element)
        case .zstd: return Zstandard.decompress(payload, into: out)
        case .cast: return parent.map { Self.cast($0, element, into: out) } ?? false
        case .planes:
            return ScratchPool.with(byteCount: cairn_codec_scratch(out.count)) { scratch in
                cairn_codec_decode_self(
                    level, element.model, payload.start, payload.count, out.start, out.count,
                    scratch.start) == 0
            }
        case .delta, .deltaByExponent:
            guard let parent, parent.count == out.count else { return false }
            return ScratchPool.with(byteCount: cairn_codec_scratch(out.count)) { scratch in
                cairn_codec_decode_delta(
                    level, element.model, code == .deltaByExponent ? 1 : 0, payload.start,
                    payload.count, parent.start, out.start, out.count, scratch.start) == 0
            }
        }
    }

    private static func fill(
        _ out: UnsafeMutableRawBufferPointer, with payload: UnsafeRawBufferPointer,
        _ element: ElementType
    ) -> Bool {
        guard payload.count == element.byteCount, out.count % payload.count == 0 else {
            return false
        }
        for start in stride(from: 0, to: out.count, by: payload.count) {
            UnsafeMutableRawBufferPointer(rebasing: out[start..<start + payload.count])
                .copyMemory(from: payload)
        }
        return true
    }

    private static func cast(
        _ source: UnsafeRawBufferPointer, _ element: ElementType,
        into out: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let count = source.count / 4
        guard source.count % 4 == 0, out.count >= 2 * count else { return false }
        switch element {
        case .bfloat16: cairn_codec_cast_bfloat16(source.start, count, out.start)
        case .float16: cairn_codec_cast_float16(source.start, count, out.start)
        default: return false
        }
        return true
    }
}

extension ElementType {
    fileprivate var model: cairn_codec_element {
        // A complex number is two floats side by side.
        let width = self == .complex64 ? 4 : byteCount
        return cairn_codec_element(
            width: UInt8(width), mantissa_bits: UInt8(mantissaBitCount ?? 0))
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var start: UnsafePointer<UInt8>? {
        baseAddress?.assumingMemoryBound(to: UInt8.self)
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate var start: UnsafeMutablePointer<UInt8> {
        baseAddress!.assumingMemoryBound(to: UInt8.self)
    }
}
