import CKernels

extension Session {
    /// Client: sends the greeting. First, and once.
    public mutating func greet(_ hello: Payload) {
        precondition(role == .client && phase == .greeting, "greet in \(phase)")
        write(greeting(.hello), hello)
    }

    /// Server: lets the client in.
    public mutating func accept(_ reply: Payload) {
        precondition(role == .server && phase == .judging, "accept in \(phase)")
        phase = .open
        write(greeting(.helloReply), reply)
    }

    /// Server: does not let the client in. Close when `outgoing` is empty.
    public mutating func refuse(_ error: Payload) {
        precondition(role == .server && phase == .judging, "refuse in \(phase)")
        write(FrameHeader(.error), error)
        phase = .closed
    }

    /// The argument of a greeting: our window in the low half, how many streams in the high one.
    private func greeting(_ type: FrameType) -> FrameHeader {
        var header = FrameHeader(type)
        header.argument = UInt64(limits.windowByteCount) | UInt64(limits.streamCount) << 32
        return header
    }

    /// Client: opens a stream. Only when `mayOpen`.
    ///
    /// - Parameter payload: the first message; without one, the call has none so far.
    public mutating func open(_ call: Call, _ payload: borrowing Payload?, ended: Bool) -> StreamID
    {
        precondition(role == .client && phase == .open, "open in \(phase)")
        repeat { lastStream &+= 1 } while lastStream == 0 || streams[lastStream] != nil
        var header = FrameHeader(.request, stream: lastStream)
        header.method = call.method
        header.argument = call.id
        header.deadlineMilliseconds = call.deadlineMilliseconds
        if ended { header.flags.insert(.end) }
        var state = newStream()
        state.weEnded = ended
        switch payload {
        case .some(let payload): state.sendCredit -= Int32(write(header, payload))
        case .none:
            header.flags.insert(.bare)
            outgoing.append(header)
        }
        streams[lastStream] = state
        return lastStream
    }

    func newStream() -> StreamState {
        StreamState(sendCredit: peerWindow, receiveCredit: Int32(limits.windowByteCount))
    }

    /// Sends a message; `ended` says that it is our last, which from a server closes the stream.
    ///
    /// Waits for nothing: ask `mayWrite` first. On a closed stream it does nothing.
    public mutating func send(_ payload: Payload, on stream: StreamID, ended: Bool) {
        guard var state = streams[stream] else { return }
        precondition(!state.weEnded, "stream \(stream) was ended")
        precondition(state.sendCredit > 0, "stream \(stream) has no credit")
        var header = FrameHeader(.message, stream: stream)
        if ended { header.flags = .end }
        state.sendCredit -= Int32(write(header, payload))
        state.weEnded = ended
        if ended && role == .server { close(stream) } else { streams[stream] = state }
    }

    /// Ends our side of the stream without a message; needs no credit.
    public mutating func end(_ stream: StreamID) {
        guard let state = streams[stream] else { return }
        precondition(!state.weEnded, "stream \(stream) was ended")
        var header = FrameHeader(.message, stream: stream)
        header.flags = [.end, .bare]
        outgoing.append(header)
        if role == .server { close(stream) } else { streams[stream]!.weEnded = true }
    }

    /// Server: ends the stream with an error. On a closed stream it does nothing.
    public mutating func fail(_ stream: StreamID, _ error: Payload) {
        guard streams[stream] != nil else { return }
        write(FrameHeader(.error, stream: stream), error)
        close(stream)
    }

    /// Closes the stream and tells the peer the rule that it broke.
    mutating func fail(_ stream: StreamID, _ error: FramingError) {
        var header = FrameHeader(role == .server ? .error : .cancel, stream: stream)
        if role == .server { header.flags = .bare }
        header.argument = UInt64(error.code.rawValue)
        outgoing.append(header)
        close(stream)
    }

    /// Client: nobody waits for the stream any more. On a closed stream it does nothing.
    public mutating func cancel(_ stream: StreamID) {
        guard streams[stream] != nil else { return }
        outgoing.append(FrameHeader(.cancel, stream: stream))
        close(stream)
    }

    /// The program is done with a message of the stream; grants the peer as much again.
    ///
    /// Grants travel when half a window has gathered.
    public mutating func consume(_ payload: borrowing Payload, of stream: StreamID) {
        guard var state = streams[stream] else { return }
        let charge = Int32(payload.charge)
        precondition(charge <= state.unconsumed, "consumed more than came")
        state.unconsumed -= charge
        unconsumed -= Int(charge)
        state.ungranted += charge
        if !state.peerEnded && Int(state.ungranted) * 2 >= limits.windowByteCount {
            var header = FrameHeader(.credit, stream: stream)
            header.argument = UInt64(state.ungranted)
            outgoing.append(header)
            state.receiveCredit += state.ungranted
            state.ungranted = 0
        }
        streams[stream] = state
    }

    /// No new streams from now on; those that are open run to their end.
    public mutating func goAway(reason: String) {
        guard phase == .open else { return }
        phase = .draining
        lastServed = lastStream
        sendGoAway(code: 0, reason: reason)
    }

    /// Tells the peer why the connection ends, and ends it.
    mutating func end(with error: FramingError) {
        guard phase != .closed else { return }
        sendGoAway(code: error.code.rawValue, reason: error.description)
        phase = .closed
    }

    private mutating func sendGoAway(code: UInt32, reason: String) {
        var header = FrameHeader(.goAway)
        header.argument = UInt64(role == .server ? lastStream : 0) | UInt64(code) << 32
        write(header, Payload(Array(reason.utf8.prefix(1024))))
    }

    mutating func close(_ stream: StreamID) {
        guard let state = streams.removeValue(forKey: stream) else { return }
        unconsumed -= Int(state.unconsumed)
    }

    /// - Returns: what the frame costs its stream.
    @discardableResult
    private mutating func write(_ header: FrameHeader, _ payload: borrowing Payload) -> Int {
        precondition(payload.message.count <= FramingLimits.largestMessage)
        let attachmentCount = payload.attachment?.count ?? 0
        precondition(attachmentCount <= FramingLimits.largestAttachment)
        var header = header
        header.messageLength = UInt32(payload.message.count)
        header.attachmentLength = UInt32(attachmentCount)
        header.messageChecksum = crc32c(
            payload.message.span.bytes, 0..<payload.message.count)
        outgoing.append(header, payload)
        return header.charge
    }
}
