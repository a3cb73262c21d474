import CairnCore

/// What a frame carries: one encoded message, and bulk bytes that travel beside it.
public struct Payload: Sendable {
    /// A protobuf message; empty is a message too, of defaults.
    public var message: [UInt8]
    /// Bytes that are copied neither by protobuf nor by the framing. One of no bytes arrives as
    /// none.
    public var attachment: SharedBytes?

    public init(_ message: [UInt8], attachment: SharedBytes? = nil) {
        (self.message, self.attachment) = (message, attachment)
    }

    /// What it costs its stream in credit.
    public var charge: Int {
        FrameHeader.byteCount + message.count + (attachment?.count ?? 0)
    }
}
