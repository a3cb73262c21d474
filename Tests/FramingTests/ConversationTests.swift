import CairnCore
import Testing

@testable import Framing

/// Two machines against each other under a random schedule: who opens, sends, consumes, gives up,
/// and where the bytes between them are cut.
@Suite struct ConversationTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func whatIsSentArrivesOnceInOrderWithinCredit(seed: UInt64) throws {
        var conversation = try Conversation(seed: seed)
        for _ in 0..<1500 { try conversation.step() }
        try conversation.settle()
        for (stream, sent) in conversation.sent {
            let arrived = conversation.arrived[stream] ?? []
            if conversation.wasCut.contains(stream.number) {
                #expect(sent.starts(with: arrived), "seed \(seed), stream \(stream)")
            } else {
                #expect(arrived == sent, "seed \(seed), stream \(stream)")
            }
        }
        #expect(conversation.sent.values.map(\.count).reduce(0, +) > 20, "seed \(seed)")
        #expect(conversation.mostHeldByAStream <= conversation.bound, "seed \(seed)")
        let stuck = conversation.pair.client.streams.values.filter {
            $0.sendCredit <= 0 && !$0.weEnded
        }
        #expect(stuck.isEmpty, "consumed, so all may write: seed \(seed)")
        let held = (conversation.pair.client.unconsumed, conversation.pair.server.unconsumed)
        #expect(held == (0, 0), "seed \(seed)")
    }
}

struct Conversation: ~Copyable {
    /// One direction of a stream.
    struct Direction: Hashable { let number: StreamID, toServer: Bool }

    var pair: SessionPair
    var random: SeededRandom
    var sent: [Direction: [Payload]] = [:]
    var arrived: [Direction: [Payload]] = [:]
    var unconsumed: [(Direction, Payload)] = []
    var clientStreams: [StreamID] = []
    var serverStreams: [StreamID] = []
    var ended: Set<Direction> = []
    var wasCut: Set<StreamID> = []
    var mostHeldByAStream = 0
    var pipes: (toServer: [UInt8], toClient: [UInt8]) = ([], [])

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        var limits = FramingLimits()
        limits.windowByteCount = Int.random(in: 1...4000, using: &random)
        limits.streamCount = Int.random(in: 1...20, using: &random)
        pair = try SessionPair(limits: limits)
    }

    /// A window, and the largest message that `Payload.random` makes here.
    var bound: Int { pair.client.limits.windowByteCount + FrameHeader.byteCount + 300 + 1201 }

    mutating func step() throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: open()
        case 1, 2, 3: send(toServer: true)
        case 4, 5, 6: send(toServer: false)
        case 7: end()
        case 8, 9: consume()
        case 10: if Int.random(in: 0..<8, using: &random) == 0 { cut() }
        default: try move(upTo: Int.random(in: 1...3000, using: &random))
        }
    }

    private mutating func open() {
        guard pair.client.mayOpen else { return }
        let payload = Bool.random(using: &random) ? Payload.random(&random, largest: 300) : nil
        let isEnded = Int.random(in: 0..<4, using: &random) == 0
        let stream = pair.client.open(Call(method: 1), payload, ended: isEnded)
        let direction = Direction(number: stream, toServer: true)
        clientStreams.append(stream)
        sent[direction] = payload.map { [$0] } ?? []
        if isEnded { ended.insert(direction) }
    }

    private mutating func send(toServer: Bool) {
        let streams = toServer ? clientStreams : serverStreams
        guard let stream = streams.randomElement(using: &random) else { return }
        let direction = Direction(number: stream, toServer: toServer)
        let mayWrite = toServer ? pair.client.mayWrite(stream) : pair.server.mayWrite(stream)
        guard mayWrite, !ended.contains(direction) else { return }
        let payload = Payload.random(&random, largest: 300)
        sent[direction, default: []].append(payload)
        if toServer {
            pair.client.send(payload, on: stream, ended: false)
        } else {
            pair.server.send(payload, on: stream, ended: false)
        }
    }

    private mutating func end() {
        if Bool.random(using: &random), let stream = clientStreams.randomElement(using: &random) {
            let direction = Direction(number: stream, toServer: true)
            if pair.client.isOpen(stream), ended.insert(direction).inserted {
                pair.client.end(stream)
            }
        } else if let stream = serverStreams.randomElement(using: &random) {
            // The server's end closes the stream, also for what the client still sends.
            let direction = Direction(number: stream, toServer: false)
            guard pair.server.isOpen(stream), ended.insert(direction).inserted else { return }
            pair.server.end(stream)
            wasCut.insert(stream)
        }
    }

    private mutating func cut() {
        if Bool.random(using: &random), let stream = clientStreams.randomElement(using: &random) {
            pair.client.cancel(stream)
            wasCut.insert(stream)
        } else if let stream = serverStreams.randomElement(using: &random) {
            pair.server.fail(stream, Payload([1]))
            wasCut.insert(stream)
        }
    }

    private mutating func consume() {
        guard !unconsumed.isEmpty else { return }
        let index = Int.random(in: 0..<unconsumed.count, using: &random)
        let (direction, payload) = unconsumed.remove(at: index)
        if direction.toServer {
            pair.server.consume(payload, of: direction.number)
        } else {
            pair.client.consume(payload, of: direction.number)
        }
    }

    /// Moves some bytes in both directions, cut anywhere, an attachment in place now and then.
    private mutating func move(upTo count: Int) throws {
        pipes.toServer += pair.client.drain()
        pipes.toClient += pair.server.drain()
        try note(pair.server.take(from: &pipes.toServer, count, &random), toServer: true)
        try note(pair.client.take(from: &pipes.toClient, count, &random), toServer: false)
        let held = (pair.client.streams.values + pair.server.streams.values).map(\.unconsumed)
        mostHeldByAStream = max(mostHeldByAStream, held.map(Int.init).max() ?? 0)
    }

    private mutating func note(_ events: [SessionEvent], toServer: Bool) {
        for event in events {
            switch event {
            case .opened(let stream, _, let payload, _):
                serverStreams.append(stream)
                if let payload { arrive(payload, stream, toServer) }
            case .message(let stream, let payload, _): arrive(payload, stream, toServer)
            case .ended, .credited, .failed, .cancelled: break
            case .greeted, .welcomed, .refused, .broken, .goingAway:
                Issue.record("\(event)")
            }
        }
    }

    private mutating func arrive(_ payload: Payload, _ stream: StreamID, _ toServer: Bool) {
        let direction = Direction(number: stream, toServer: toServer)
        arrived[direction, default: []].append(payload)
        unconsumed.append((direction, payload))
    }

    /// Lets everything that is on its way arrive.
    mutating func settle() throws {
        while true {
            try move(upTo: .max)
            while !unconsumed.isEmpty { consume() }
            let isOver = pipes.toServer.isEmpty && pipes.toClient.isEmpty
            if isOver && pair.client.outgoing.isEmpty && pair.server.outgoing.isEmpty {
                return
            }
        }
    }
}

extension Session {
    /// Takes up to `count` bytes of the pipe, as a socket would hand them over.
    mutating func take(
        from pipe: inout [UInt8], _ count: Int, _ random: inout SeededRandom
    ) throws -> [SessionEvent] {
        var count = min(count, pipe.count)
        var events: [SessionEvent] = []
        if missingAttachmentByteCount > 0 && Bool.random(using: &random) {
            let inPlace = min(missingAttachmentByteCount, count)
            fillAttachment(at: .zero) {
                $0.copyBytes(from: pipe[..<inPlace])
                return inPlace
            }
            pipe.removeFirst(inPlace)
            count -= inPlace
            events += try take([])
        }
        events += try take(Array(pipe[..<count]))
        pipe.removeFirst(count)
        return events
    }
}
