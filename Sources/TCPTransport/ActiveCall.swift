import Framing
import Messages
import Ports

/// A call that is open on a connection, with its deadline. Touched on its loop's thread only, which
/// is why it may be handed around.
class ActiveCall: LoopTimer, @unchecked Sendable {
    final var connection: Connection?
    final var stream: StreamID = 0
    /// Nothing more happens: later messages, credit and ends are ignored.
    final var isOver = false

    /// A message of the peer; `ended` says that it is the last.
    func receive(_ payload: consuming Payload, ended: Bool) {
        preconditionFailure("for subclasses")
    }
    /// The peer ended its side without a message.
    func receiveEnd() { preconditionFailure("for subclasses") }
    /// Credit or room came: what waits to be sent may go.
    func mayWrite() { preconditionFailure("for subclasses") }
    /// The service has closed the stream, and all went well.
    func streamDidEnd() {}
    /// The call failed, was cancelled, or its connection is gone. Its stream is closed already and
    /// forgotten by the connection. Does nothing when the call is over.
    func end(_ error: RPCError) { preconditionFailure("for subclasses") }
}

extension RawMessage {
    init(_ payload: consuming Payload) {
        self.init(payload.message, attachment: payload.attachment)
    }
}

extension Payload {
    /// - Throws: `.invalidArgument` when the message or its attachment is too long for a frame.
    init(_ message: RawMessage) throws(RPCError) {
        let attachmentCount = message.attachment?.count ?? 0
        guard message.bytes.count <= FramingLimits.largestMessage,
            attachmentCount <= FramingLimits.largestAttachment
        else {
            throw RPCError(
                .invalidArgument,
                "a message of \(message.bytes.count) bytes with \(attachmentCount) attached does "
                    + "not fit a frame: at most \(FramingLimits.largestMessage) and "
                    + "\(FramingLimits.largestAttachment); send it in parts")
        }
        self.init(message.bytes, attachment: message.attachment)
    }

    /// An error as the body of an ERROR frame.
    init(_ error: RPCError) {
        // An error whose text holds a NUL does not encode; its code must arrive all the same, and
        // the plain one always encodes.
        let plain = CallError(code: error.code, text: "the text could not be sent")
        self.init((try? error.message.encoded()) ?? (try? plain.encoded()) ?? [])
    }

    /// The error that an ERROR frame carries.
    var callError: RPCError {
        do {
            return RPCError(try CallError(decoding: message))
        } catch {
            return RPCError(.protocol, "the peer sent an error that cannot be read: \(error)")
        }
    }
}
