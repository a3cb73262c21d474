extension Session {
    /// Acts on a frame that was admitted and is complete.
    mutating func apply(
        _ header: FrameHeader, _ payload: consuming Payload
    ) throws(FramingError) -> SessionEvent? {
        switch header.type {
        case .hello:
            try readGreeting(header)
            phase = .judging
            return .greeted(payload)
        case .helloReply:
            try readGreeting(header)
            phase = .open
            return .welcomed(payload)
        case .error where header.stream == 0:
            phase = .closed
            return .refused(payload)
        case .request: return applyRequest(header, payload)
        case .message: return applyMessage(header, payload)
        case .error: return applyError(header, payload)
        case .credit: return try applyCredit(header)
        case .cancel:
            guard streams[header.stream] != nil else { return nil }
            close(header.stream)
            return .cancelled(header.stream)
        case .ping:
            var pong = FrameHeader(.pong)
            pong.argument = header.argument
            outgoing.append(pong)
            try requireReader()
            return nil
        case .pong: return nil
        case .goAway: return applyGoAway(header, payload)
        }
    }

    private mutating func readGreeting(_ header: FrameHeader) throws(FramingError) {
        let (window, count) = (header.argument & 0xFFFF_FFFF, header.argument >> 32)
        guard (1...UInt64(FramingLimits.largestWindow)).contains(window) else {
            throw FramingError(
                .creditOverflow, observed: window, expected: FramingLimits.largestWindow)
        }
        guard role == .server || count > 0 else {
            throw FramingError(.badField, observed: count, expected: header.type.rawValue)
        }
        (peerWindow, peerStreamCount) = (Int32(window), Int(count))
    }

    private mutating func applyRequest(
        _ header: FrameHeader, _ payload: consuming Payload
    ) -> SessionEvent? {
        let isEnded = header.flags.contains(.end)
        var state = newStream()
        receive(header, into: &state)
        streams[header.stream] = state
        let call = Call(
            method: header.method, id: header.argument,
            deadlineMilliseconds: header.deadlineMilliseconds)
        if header.flags.contains(.bare) {
            return .opened(header.stream, call, nil, ended: isEnded)
        }
        return .opened(header.stream, call, payload, ended: isEnded)
    }

    private mutating func applyMessage(
        _ header: FrameHeader, _ payload: consuming Payload
    ) -> SessionEvent? {
        // We may have closed the stream while the rest of the frame was on its way.
        guard var state = streams[header.stream] else { return nil }
        let isEnded = header.flags.contains(.end)
        receive(header, into: &state)
        streams[header.stream] = state
        if isEnded && role == .client { close(header.stream) }
        if header.flags.contains(.bare) { return .ended(header.stream) }
        return .message(header.stream, payload, ended: isEnded)
    }

    private mutating func receive(_ header: FrameHeader, into state: inout StreamState) {
        state.peerEnded = header.flags.contains(.end)
        state.receiveCredit -= Int32(header.charge)
        state.unconsumed += Int32(header.charge)
        unconsumed += header.charge
    }

    private mutating func applyError(_ header: FrameHeader, _ payload: consuming Payload)
        -> SessionEvent?
    {
        guard streams[header.stream] != nil else { return nil }
        close(header.stream)
        if !header.flags.contains(.bare) { return .failed(header.stream, payload) }
        let number = UInt32(truncatingIfNeeded: header.argument)
        let code = FramingError.Code(rawValue: number) ?? .unexpectedFrame
        return .broken(header.stream, FramingError(code, observed: header.stream))
    }

    private mutating func applyCredit(_ header: FrameHeader) throws(FramingError) -> SessionEvent? {
        guard var state = streams[header.stream] else { return nil }
        let most = FramingLimits.largestWindow
        let grant = Int64(min(header.argument, 1 << 32))
        let granted = Int64(state.sendCredit) + grant
        guard granted <= Int64(most) else {
            throw FramingError(.creditOverflow, observed: granted, expected: most)
        }
        let wasEmpty = state.sendCredit <= 0
        state.sendCredit = Int32(granted)
        streams[header.stream] = state
        return wasEmpty && granted > 0 && !state.weEnded ? .credited(header.stream) : nil
    }

    private mutating func applyGoAway(_ header: FrameHeader, _ payload: consuming Payload)
        -> SessionEvent
    {
        let reason = String(decoding: payload.message, as: UTF8.self)
        if phase == .open { phase = .draining }
        guard role == .client else { return .goingAway(untouched: [], reason: reason) }
        // Those opened after the last one that the server saw, with numbers that wrap around.
        let lastSeen = UInt32(truncatingIfNeeded: header.argument)
        let unseenCount = lastStream &- lastSeen
        let untouched = streams.keys.filter { $0 &- lastSeen &- 1 < unseenCount }.sorted()
        for stream in untouched { close(stream) }
        return .goingAway(untouched: untouched, reason: reason)
    }

    /// Ends the connection with a peer that asks for answers and does not read them.
    private func requireReader() throws(FramingError) {
        let most = limits.unsentHardByteCount
        guard outgoing.byteCount <= most else {
            throw FramingError(.peerNotReading, observed: outgoing.byteCount, expected: most)
        }
    }
}
