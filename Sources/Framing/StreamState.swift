/// One stream, as one side sees it. Open until either side closes it; then it is forgotten.
struct StreamState {
    /// Bytes that we may still send. One message may overdraw it, so that any message fits any
    /// window; the next waits until it is above 0 again.
    var sendCredit: Int32
    /// Bytes that the peer may still send, by the same rule.
    var receiveCredit: Int32
    /// Bytes that were consumed and not yet granted anew.
    var ungranted: Int32 = 0
    /// Bytes that were received and not yet consumed.
    var unconsumed: Int32 = 0
    /// We sent our last message; the peer still answers.
    var weEnded = false
    /// The peer sent its last message.
    var peerEnded = false
}

/// How a request asks to be served.
public struct Call: Hashable, Sendable {
    public var method: UInt16
    /// Names the call over all its retries; 0 when the caller does not retry.
    public var id: UInt64
    /// How long the caller waits, from the moment it sent the request; 0 is without end.
    public var deadlineMilliseconds: UInt32

    public init(method: UInt16, id: UInt64 = 0, deadlineMilliseconds: UInt32 = 0) {
        (self.method, self.id) = (method, id)
        self.deadlineMilliseconds = deadlineMilliseconds
    }
}
