import Compression

/// The bytes of an array's file from the first to the last, unpacked where they are packed.
/// Used by one thread at a time.
final class ArrayFeed {
    private let source: any ByteSource
    private let part: String?
    private let unpacking: Unpacking?
    /// What was not yet read of the packed bytes.
    private var rest: Range<Int>
    private var packed: [UInt8] = []
    private var taken = 0
    private(set) var checksum = CRC32()

    private static let packedByteCount = 1 << 18

    init(_ source: any ByteSource, place: Range<Int>, isDeflated: Bool, part: String?)
        throws(InputError)
    {
        (self.source, self.part, rest) = (source, part, place)
        if isDeflated {
            guard let unpacking = Unpacking() else { throw InputError("no memory to unpack it") }
            self.unpacking = unpacking
        } else {
            unpacking = nil
        }
    }

    private final class Unpacking {
        var inflater: Inflater

        init?() {
            guard let inflater = Inflater() else { return nil }
            self.inflater = inflater
        }
    }

    convenience init(_ array: StoredArray) throws(InputError) {
        try self.init(
            array.source, place: array.place, isDeflated: array.isDeflated, part: array.part)
    }

    func bytes(_ count: Int) throws(InputError) -> [UInt8] {
        let room = RawBytes(count)
        try read(into: room.buffer)
        return Array(room.bytes)
    }

    /// Fills `out` with the next bytes.
    func read(into out: UnsafeMutableRawBufferPointer) throws(InputError) {
        if let unpacking {
            try inflate(into: out, unpacking)
        } else {
            try source.readWhole(at: rest.lowerBound, into: out, part)
            rest = rest.lowerBound + out.count..<rest.upperBound
        }
        checksum.append(CRC32(of: UnsafeRawBufferPointer(out)))
    }

    private func inflate(into out: UnsafeMutableRawBufferPointer, _ unpacking: Unpacking)
        throws(InputError)
    {
        var given = 0
        while given < out.count {
            if taken == packed.count { try refill() }
            let room = UnsafeMutableRawBufferPointer(rebasing: out[given...])
            let step = packed.withUnsafeBytes { bytes in
                unpacking.inflater.inflate(.init(rebasing: bytes[taken...]), into: room)
            }
            guard let step else { throw damaged("what is deflated in it is damaged") }
            taken += step.takenByteCount
            given += step.givenByteCount
            let isStuck = step.givenByteCount == 0 && taken == packed.count && rest.isEmpty
            if isStuck || (given < out.count && unpacking.inflater.isAtEnd) {
                throw damaged("it unpacks to fewer bytes than the zip says")
            }
        }
    }

    private func refill() throws(InputError) {
        let count = min(Self.packedByteCount, rest.count)
        let room = RawBytes(count)
        try source.readWhole(at: rest.lowerBound, into: room.buffer, part)
        rest = rest.lowerBound + count..<rest.upperBound
        (packed, taken) = (Array(room.bytes), 0)
    }

    private func damaged(_ text: String) -> InputError {
        InputError(part.map { .part($0) } ?? .file, text)
    }
}

extension ByteSource {
    /// Fills `out` from the file.
    func readWhole(at offset: Int, into out: UnsafeMutableRawBufferPointer, _ part: String?)
        throws(InputError)
    {
        if out.count == 0 { return }
        guard try read(at: offset, into: out) == out.count else {
            throw InputError(
                part.map { .part($0) } ?? .file, "the file became shorter while it was read")
        }
    }
}

/// Memory for bytes that are written once, by one thread, and then read by any.
final class RawBytes: @unchecked Sendable {
    let buffer: UnsafeMutableRawBufferPointer

    /// With room behind for loads that reach beyond the end.
    init(_ count: Int) {
        let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: count + 16, alignment: 64)
        buffer = UnsafeMutableRawBufferPointer(rebasing: whole[..<count])
    }

    deinit { buffer.baseAddress?.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(buffer) }
}
