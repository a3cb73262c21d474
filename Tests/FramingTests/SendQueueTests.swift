import CairnCore
import Testing

@testable import Framing

@Suite struct SendQueueTests {
    @Test(arguments: 0..<40 as Range<UInt64>) func whatGoesInComesOutInOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var outgoing = SendQueue()
        var (expected, sent): ([UInt8], [UInt8]) = ([], [])
        for tick in 0..<200 {
            if Bool.random(using: &random) {
                let payload = Payload.random(&random, largest: tick % 10 == 0 ? 20_000 : 50)
                let header = FrameHeader(.message, stream: 1)
                expected += withUnsafeBytes(of: header.words) { Array($0) } + payload.message
                expected += payload.attachment?.bytes ?? []
                outgoing.append(header, payload)
            } else {
                let limit = Int.random(in: 1...4, using: &random)
                let bytes = outgoing.withPieces(limit: limit) { $0.flatMap { Array($0) } }
                let taken = Int.random(in: 0...bytes.count, using: &random)
                sent += bytes[..<taken]
                outgoing.didSend(taken)
            }
            let waiting = outgoing.byteCount
            #expect(waiting == expected.count - sent.count, "seed \(seed), tick \(tick)")
        }
        while !outgoing.isEmpty {
            let bytes = outgoing.withPieces(limit: 3) { $0.flatMap { Array($0) } }
            sent += bytes
            outgoing.didSend(bytes.count)
        }
        #expect(sent == expected, "seed \(seed)")
    }

    @Test func anIdleQueueHoldsNoMemory() {
        var outgoing = SendQueue()
        outgoing.lend([UInt8](repeating: 0, count: 4096))
        outgoing.append(FrameHeader(.ping))
        #expect(outgoing.reclaim() == nil)
        outgoing.didSend(FrameHeader.byteCount)
        let storage = outgoing.reclaim()
        #expect(storage?.isEmpty == true && (storage?.capacity ?? 0) >= 4096)
        #expect(outgoing.reclaim() == nil)
    }
}
