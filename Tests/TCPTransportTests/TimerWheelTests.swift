import CairnCore
import Testing

@testable import TCPTransport

@Suite struct TimerWheelTests {
    /// Against a plain list: random times are set and cleared while the clock goes on.
    @Test(arguments: 0..<30 as Range<UInt64>)
    func everyTimerIsHandedOutOnceAndNotBeforeItsTime(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var now = Int64.random(in: 0...100_000, using: &random)
        var wheel = TimerWheel<Int>(at: now)
        var expected: [Int: (timer: Int32, due: Int64)] = [:]
        for element in 0..<3000 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1, 2:
                let due = now + Int64.random(in: -5...3000, using: &random)
                expected[element] = (wheel.set(element, at: due), due)
            case 3:
                if let element = expected.keys.sorted().randomElement(using: &random) {
                    wheel.clear(expected.removeValue(forKey: element)!.timer)
                }
            default:
                now += Int64.random(in: 0...1500, using: &random) / Int64(element % 7 + 1)
                var due: [Int] = []
                wheel.expire(at: now, &due)
                let wanted = expected.filter { $0.value.due <= now }.keys
                #expect(due.sorted() == wanted.sorted(), "seed \(seed), element \(element)")
                for element in wanted { expected[element] = nil }
            }
            #expect(wheel.count == expected.count, "seed \(seed), element \(element)")
        }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func theNextMomentIsNeverAfterTheNextTimer(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var wheel = TimerWheel<Int>(at: 5000)
        #expect(wheel.nextDue == nil)
        let dues = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            5000 + Int64.random(in: 0...2000, using: &random)
        }
        for due in dues { _ = wheel.set(0, at: due) }
        let next = wheel.nextDue ?? .max
        #expect(next >= 5000 && next <= dues.min()!, "seed \(seed)")
        if dues.min()! < 6000 && dues.max()! < 6000 { #expect(next == dues.min()!, "seed \(seed)") }
    }
}

@Suite struct FifoTests {
    @Test(arguments: 0..<20 as Range<UInt64>) func whatGoesInComesOutInOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var fifo = Fifo<Int>()
        var model: [Int] = []
        for number in 0..<2000 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<11:
                fifo.append(number)
                model.append(number)
            case 19:
                fifo.removeAll { $0 % 3 == 0 }
                model.removeAll { $0 % 3 == 0 }
            default:
                let first = model.isEmpty ? nil : model.removeFirst()
                #expect(fifo.first == first, "seed \(seed), number \(number)")
                #expect(fifo.popFirst() == first, "seed \(seed), number \(number)")
            }
            #expect(fifo.count == model.count, "seed \(seed), number \(number)")
        }
    }
}

@Suite struct SocketAddressTests {
    @Test(arguments: ["127.0.0.1:7401", "[::1]:7401", "host.example:0", "unix:/run/a.sock"])
    func anAddressReadsBackAsItIsWritten(text: String) throws {
        #expect(SocketAddress(text)?.description == text)
    }

    @Test(arguments: ["", "host", ":1", "host:65536", "::1:80", "unix:", "host:-1"])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(SocketAddress(text) == nil)
    }

    @Test func aPathTooLongIsRefused() {
        #expect(SocketAddress("unix:/" + String(repeating: "a", count: 107)) == nil)
    }
}
