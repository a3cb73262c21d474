import CairnCore
import Framing

/// One end of a connection that answers whatever it hears, and writes down what it heard.
struct Listener: ~Copyable {
    private var session: Session
    private var heard = ""

    init(_ role: Session.Role) {
        var limits = FramingLimits()
        limits.streamCount = 8
        limits.windowByteCount = 4096
        session = Session(role, limits: limits, at: .zero)
        if role == .client { session.greet(Payload([1])) }
    }

    /// - Returns: every event, error and answer.
    consuming func hear(in pieces: [ArraySlice<UInt8>]) -> String {
        for piece in pieces {
            let bytes = Array(piece)
            var offset = 0
            do {
                while let event = try session.nextEvent(
                    in: bytes.span.bytes, from: &offset, at: .zero)
                {
                    note(event)
                    answer(event)
                }
            } catch {
                heard += "error \(error.code)\n"
                break
            }
            if session.phase == .closed { break }
        }
        heard += "\(session.phase) \(session.streamCount) \(session.outgoing.byteCount)\n"
        return heard
    }

    private mutating func answer(_ event: SessionEvent) {
        switch event {
        case .greeted: session.accept(Payload([2]))
        case .welcomed:
            for method in 1...4 as ClosedRange<UInt16> where session.mayOpen {
                _ = session.open(Call(method: method), Payload([3]), ended: method % 2 == 0)
            }
        case .opened(let stream, _, let payload, _):
            if let payload { session.consume(payload, of: stream) }
            if stream % 4 == 1, session.mayWrite(stream) {
                session.send(Payload([4]), on: stream, ended: true)
            }
            if stream % 4 == 2 { session.fail(stream, Payload([5])) }
        case .message(let stream, let payload, _):
            session.consume(payload, of: stream)
            if session.role == .client && payload.message.count % 5 == 1 { session.cancel(stream) }
        case .credited(let stream):
            if session.mayWrite(stream) { session.send(Payload([6]), on: stream, ended: false) }
        case .refused, .ended, .failed, .broken, .cancelled, .goingAway: break
        }
    }

    private mutating func note(_ event: SessionEvent) {
        switch event {
        case .greeted(let payload): note("greeted", 0, payload)
        case .welcomed(let payload): note("welcomed", 0, payload)
        case .refused(let payload): note("refused", 0, payload)
        case .opened(let stream, let call, let payload, let ended):
            note("opened \(call) \(ended)", stream, payload)
        case .message(let stream, let payload, let ended): note("message \(ended)", stream, payload)
        case .failed(let stream, let payload): note("failed", stream, payload)
        case .ended, .broken, .cancelled, .credited, .goingAway: heard += "\(event)\n"
        }
    }

    private mutating func note(_ what: String, _ stream: StreamID, _ payload: Payload?) {
        let message = payload.map { Digest(of: $0.message).short } ?? "-"
        let attachment = payload?.attachment.map { Digest(of: $0.bytes).short } ?? "-"
        heard += "\(what) \(stream) \(message) \(attachment)\n"
    }
}
