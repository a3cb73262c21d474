/// A protobuf message as a Swift value: what the generated structs conform to.
public protocol WireMessage: Sendable, Equatable {
    /// The full name in `proto/`: `cairn.OpenUpload`.
    static var name: String { get }

    /// Unpacks with protobuf-c and checks what protobuf-c does not: UTF-8, enums, the memory limit.
    init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError)

    /// Packs with protobuf-c. Throws when the result is longer than `WireLimits.messageByteCount`.
    func encoded() throws(MessageError) -> [UInt8]
}

extension WireMessage {
    @inlinable public init(decoding bytes: [UInt8]) throws(MessageError) {
        self = try bytes.span.withUnsafeBytes { (raw) throws(MessageError) in
            try Self(decoding: raw)
        }
    }
}

public enum WireLimits {
    /// A message on the wire, in bytes.
    public static let messageByteCount = 1 << 20
    /// An attachment on the wire, in bytes.
    public static let attachmentByteCount = 4 << 20
}

/// A message could not be read or written. Nothing of it was used.
public struct MessageError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        case malformed, tooLarge, invalidText, unknownEnum
    }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}

/// One call of a service: its number on the wire, its types and its shape.
public struct Method<Request: WireMessage, Reply: WireMessage>: Sendable {
    public let id: UInt16
    public let name: String
    public let shape: CallShape

    public init(id: UInt16, name: String, shape: CallShape) {
        (self.id, self.name, self.shape) = (id, name, shape)
    }
}

/// Which sides of a call send more than one message.
public enum CallShape: Sendable, Equatable {
    case unary, serverStream, clientStream, bidirectional
}
