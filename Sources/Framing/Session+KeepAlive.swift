extension Session {
    mutating func hear(at now: Duration) {
        lastHeard = now
        pingSentAt = nil
    }

    /// The socket took the first `count` outgoing bytes.
    public mutating func didSend(_ count: Int) {
        outgoing.didSend(count)
        if count > 0 { stuckSince = nil }
    }

    /// Call it now and then; a connection's time is judged no finer than that.
    ///
    /// - Throws: the handshake took too long, or the peer no longer answers. The connection is
    ///   over.
    public mutating func tick(at now: Duration) throws(FramingError) {
        do {
            try check(at: now)
        } catch {
            end(with: error)
            throw error
        }
    }

    private mutating func check(at now: Duration) throws(FramingError) {
        switch phase {
        case .greeting, .judging:
            guard now - born < limits.handshakeTime else {
                throw lateness(.handshakeTooSlow, now - born, limits.handshakeTime)
            }
        case .open, .draining:
            if now - lastHeard >= .seconds(1) { streams.shrink() }
            try checkSending(at: now)
            try checkHearing(at: now)
        case .closed: break
        }
    }

    /// Whether bytes that wait are taken by the peer, if slowly.
    private mutating func checkSending(at now: Duration) throws(FramingError) {
        guard !outgoing.isEmpty else {
            stuckSince = nil
            return
        }
        let since = stuckSince ?? now
        stuckSince = since
        let patience = limits.keepAliveInterval + limits.keepAliveTimeout
        guard now - since < patience else {
            throw lateness(.peerNotTaking, now - since, patience)
        }
    }

    /// Whether the peer is there. While we do not read, we cannot tell.
    private mutating func checkHearing(at now: Duration) throws(FramingError) {
        guard wantsBytes else { return hear(at: now) }
        if let pingSentAt {
            guard now - pingSentAt < limits.keepAliveTimeout else {
                throw lateness(.peerSilent, now - pingSentAt, limits.keepAliveTimeout)
            }
        } else if now - lastHeard >= limits.keepAliveInterval {
            outgoing.append(FrameHeader(.ping))
            pingSentAt = now
        }
    }

    private func lateness(
        _ code: FramingError.Code, _ observed: Duration, _ allowed: Duration
    ) -> FramingError {
        FramingError(code, observed: observed.milliseconds, expected: allowed.milliseconds)
    }
}

extension Duration {
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
