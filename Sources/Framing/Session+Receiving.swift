extension Session {
    /// Takes bytes from `offset` on, up to the end of the next event.
    ///
    /// Call it until it returns `nil`: then all bytes are taken, or the connection is over.
    /// - Throws: what the peer did wrong; the connection is over, and `outgoing` tells the peer why.
    public mutating func nextEvent(
        in bytes: RawSpan, from offset: inout Int, at now: Duration
    ) throws(FramingError) -> SessionEvent? {
        if offset < bytes.byteCount { hear(at: now) }
        do {
            return try advance(in: bytes, from: &offset)
        } catch {
            end(with: error)
            throw error
        }
    }

    private mutating func advance(
        in bytes: RawSpan, from offset: inout Int
    ) throws(FramingError) -> SessionEvent? {
        while phase != .closed {
            if reader.header == nil {
                guard let header = try reader.readHeader(in: bytes, at: &offset) else { return nil }
                let admission = try admit(header)
                reader.begin(header, keeps: admission == .keep)
                if case .refuse(let error) = admission {
                    fail(header.stream, error)
                    return .broken(header.stream, error)
                }
            }
            guard let header = reader.header else { return nil }
            let isKept = reader.keeps
            guard let payload = try reader.readBody(in: bytes, at: &offset) else { return nil }
            if isKept, let event = try apply(header, payload) { return event }
        }
        return nil
    }

    /// Bytes of an attachment that are still to come, and that `fillAttachment` takes in place.
    public var missingAttachmentByteCount: Int { reader.missingAttachmentByteCount }

    /// Lets `read` write the next bytes of an attachment where they will stay, so that bulk bytes
    /// are not copied; it returns how many it wrote. Then call `nextEvent`, if only with no bytes.
    public mutating func fillAttachment(
        at now: Duration, _ read: (UnsafeMutableRawBufferPointer) -> Int
    ) {
        hear(at: now)
        reader.fillAttachment(read)
    }

    private enum Admission: Equatable {
        case keep
        /// The rest of the frame is read and thrown away: its stream is over.
        case skip
        /// As `skip`, and the stream ends with this error.
        case refuse(FramingError)
    }

    /// Judges a frame by its header, before any memory is set aside for the rest.
    private mutating func admit(_ header: FrameHeader) throws(FramingError) -> Admission {
        switch header.type {
        case .hello: return try admitGreeting(header, from: .client)
        case .helloReply: return try admitGreeting(header, from: .server)
        case .error where header.stream == 0: return try admitGreeting(header, from: .server)
        case .goAway: return .keep
        case .ping, .pong:
            try requireStanding(header, from: nil)
            return .keep
        case .request:
            try requireStanding(header, from: .client)
            return try admitRequest(header)
        case .cancel:
            try requireStanding(header, from: .client)
            return try streams[header.stream] == nil ? skipPast(header) : .keep
        case .error:
            try requireStanding(header, from: .server)
            return try streams[header.stream] == nil ? skipPast(header) : .keep
        case .credit:
            try requireStanding(header, from: nil)
            return try streams[header.stream] == nil ? skipPast(header) : .keep
        case .message:
            try requireStanding(header, from: nil)
            return try admitMessage(header)
        }
    }

    private func admitGreeting(
        _ header: FrameHeader, from sender: Role
    ) throws(FramingError) -> Admission {
        guard phase == .greeting, role != sender, !header.flags.contains(.bare) else {
            throw FramingError(.unexpectedFrame, observed: header.type.rawValue)
        }
        guard header.messageLength <= limits.handshakeMessageByteCount else {
            throw FramingError(
                .messageTooLong, observed: header.messageLength,
                expected: limits.handshakeMessageByteCount)
        }
        return .keep
    }

    /// Refuses what comes before the handshake, or from the wrong side.
    private func requireStanding(
        _ header: FrameHeader, from sender: Role?
    ) throws(FramingError) {
        guard phase == .open || phase == .draining, sender != role else {
            throw FramingError(.unexpectedFrame, observed: header.type.rawValue)
        }
    }

    private mutating func admitRequest(_ header: FrameHeader) throws(FramingError) -> Admission {
        // Numbers wrap around after 2³²; what is ahead by less than half of them is newer.
        guard Int32(bitPattern: header.stream &- lastStream) > 0, streams[header.stream] == nil
        else {
            throw FramingError(.streamOutOfOrder, observed: header.stream, expected: lastStream)
        }
        lastStream = header.stream
        if phase == .draining { return .skip }  // The client knows from our `goAway`.
        guard streams.count < limits.streamCount else {
            return .refuse(
                FramingError(
                    .tooManyStreams, observed: streams.count, expected: limits.streamCount))
        }
        return .keep
    }

    private func admitMessage(_ header: FrameHeader) throws(FramingError) -> Admission {
        guard let state = streams[header.stream] else { return try skipPast(header) }
        if state.peerEnded {
            return .refuse(FramingError(.messageAfterEnd, observed: header.stream))
        }
        if header.charge > 0 && state.receiveCredit <= 0 {
            return .refuse(
                FramingError(.creditExceeded, observed: header.charge - Int(state.receiveCredit)))
        }
        return .keep
    }

    /// A frame for a stream that is over was on its way when it ended; for one that never was, it
    /// is an error.
    private func skipPast(_ header: FrameHeader) throws(FramingError) -> Admission {
        guard Int32(bitPattern: header.stream &- lastStream) <= 0, lastStream != 0 else {
            throw FramingError(.unknownStream, observed: header.stream, expected: lastStream)
        }
        return .skip
    }
}
