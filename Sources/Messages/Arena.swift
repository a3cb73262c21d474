import CCairnMessages
import func Glibc.memchr

/// This thread's message memory, as the generated code uses it. Only one message at a time; nothing
/// suspends between making it and its last use.
struct Arena {
    init() { _ = cairn_arena_reset() }

    func new<C>(_: C.Type) throws(MessageError) -> UnsafeMutablePointer<C> {
        try array(of: C.self, count: 1)
    }

    func array<C>(of: C.Type, count: Int) throws(MessageError) -> UnsafeMutablePointer<C> {
        guard let bytes = cairn_arena_allocate(max(1, count) * MemoryLayout<C>.stride) else {
            throw MessageError(
                .tooLarge, "message needs more than \(CAIRN_ARENA_BYTE_COUNT_MAX) bytes of memory")
        }
        return bytes.bindMemory(to: C.self, capacity: max(1, count))
    }

    func copy<C>(_ values: [C]) throws(MessageError) -> UnsafeMutablePointer<C> {
        let start = try array(of: C.self, count: values.count)
        values.withUnsafeBufferPointer { values in
            if let first = values.baseAddress { start.update(from: first, count: values.count) }
        }
        return start
    }

    /// A C string. A NUL inside would cut it silently on the other side, so it is refused.
    func string(_ text: String, _ field: StaticString) throws(MessageError)
        -> UnsafeMutablePointer<CChar>
    {
        let byteCount = text.utf8.count
        let start = try array(of: UInt8.self, count: byteCount + 1)
        // Copied whole: nearly every message has texts, and this is most of what packing costs.
        let copied: Void? = text.utf8.withContiguousStorageIfAvailable { utf8 in
            if let first = utf8.baseAddress { start.update(from: first, count: byteCount) }
        }
        if copied == nil { for (index, byte) in text.utf8.enumerated() { start[index] = byte } }
        let holdsNUL = memchr(start, 0, byteCount) != nil
        guard !holdsNUL else {
            throw MessageError(.invalidText, "\(field) holds a NUL byte, which no text may")
        }
        start[byteCount] = 0
        return UnsafeMutableRawPointer(start).assumingMemoryBound(to: CChar.self)
    }

    func binary(_ bytes: [UInt8]) throws(MessageError) -> ProtobufCBinaryData {
        ProtobufCBinaryData(len: bytes.count, data: try copy(bytes))
    }

    /// Packs a filled message. `C` starts with its `ProtobufCMessage`, as every generated one does.
    func pack<C>(_ message: UnsafeMutablePointer<C>, _ name: String) throws(MessageError) -> [UInt8]
    {
        let base = UnsafeRawPointer(message).assumingMemoryBound(to: ProtobufCMessage.self)
        let byteCount = protobuf_c_message_get_packed_size(base)
        guard byteCount <= WireLimits.messageByteCount else {
            throw MessageError(
                .tooLarge,
                "\(name) takes \(byteCount) bytes, more than the \(WireLimits.messageByteCount) "
                    + "of a frame; send it in parts")
        }
        if byteCount == 0 { return [] }
        return withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 1) { buffer in
            protobuf_c_message_pack(base, buffer.baseAddress)
            return Array(buffer)
        }
    }

    /// Unpacks `bytes` into this thread's arena and maps the result.
    static func decode<C, Value>(
        _ bytes: UnsafeRawBufferPointer, _ name: String,
        _ unpack: (UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?)
            -> UnsafeMutablePointer<C>?,
        _ map: (C) throws(MessageError) -> Value
    ) throws(MessageError) -> Value {
        guard bytes.count <= WireLimits.messageByteCount else {
            throw MessageError(.tooLarge, "\(name) of \(bytes.count) bytes is over the limit")
        }
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let message = unpack(cairn_arena_reset(), bytes.count, start) else {
            throw MessageError(
                .malformed, "\(bytes.count) bytes are not a \(name), or one too large to unpack")
        }
        return try map(message.pointee)
    }

    static func text(_ pointer: UnsafeMutablePointer<CChar>?, _ field: StaticString)
        throws(MessageError) -> String
    {
        guard let pointer else { return "" }
        guard let text = String(validatingCString: pointer) else {
            throw MessageError(.invalidText, "\(field) is not UTF-8")
        }
        return text
    }

    static func bytes(_ data: ProtobufCBinaryData) -> [UInt8] {
        Array(UnsafeBufferPointer(start: data.data, count: data.len))
    }

    static func values<C>(_ start: UnsafeMutablePointer<C>?, _ count: Int) -> [C] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    static func map<C, Value>(
        _ start: UnsafeMutablePointer<C>?, _ count: Int,
        _ transform: (C) throws(MessageError) -> Value
    ) throws(MessageError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for item in UnsafeBufferPointer(start: start, count: count) {
            values.append(try transform(item))
        }
        return values
    }

    /// Maps a pointer of a repeated message; protobuf-c never leaves one NULL.
    static func pointee<C>(_ pointer: UnsafeMutablePointer<C>?, _ field: StaticString)
        throws(MessageError) -> C
    {
        guard let pointer else { throw MessageError(.malformed, "\(field) is missing") }
        return pointer.pointee
    }
}
