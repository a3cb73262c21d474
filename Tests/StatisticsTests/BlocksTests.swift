import Synchronization
import Testing

@testable import Statistics

/// What blocks give is put together in their order, errors too.
@Suite(.serialized) struct BlocksTests {
    /// The places it was told of, and an object that says when it is gone.
    private struct Places: Accumulator {
        var places: [Int] = []
        var object: Counted?

        mutating func merge(_ other: Places) { places += other.places }
    }

    private final class Counted: Sendable {
        static let alive = Atomic(0)
        init() { Self.alive.add(1, ordering: .relaxed) }
        deinit { Self.alive.subtract(1, ordering: .relaxed) }
    }

    private struct Refusal: Error, Equatable {
        let place: Int
        let object = Counted()
        static func == (a: Refusal, b: Refusal) -> Bool { a.place == b.place }
    }

    @Test(arguments: [1, 2, 3, 7]) func partsAreMergedInOrder(_ workers: Int) {
        for count in [0, 1, 5, 1_000] {
            let blocks = Blocks(count: count, workers: workers, size: 3)
            let all = blocks.reduce(into: Places()) { $0.places += Array($1) }
            #expect(all.places == Array(0..<count))
        }
    }

    @Test(arguments: [1, 2, 3, 7]) func theFirstErrorIsThrown(_ workers: Int) {
        for refused in [[0], [40, 41, 90], [99]] {
            let blocks = Blocks(count: 100, workers: workers, size: 1)
            #expect(throws: Refusal(place: refused[0])) {
                try blocks.reduce(into: Places()) { (part, range) throws(Refusal) in
                    part.object = Counted()
                    if refused.contains(range.lowerBound) {
                        throw Refusal(place: range.lowerBound)
                    }
                }
            }
        }
    }

    @Test func nothingIsLeftOfAComputationThatFailed() {
        theFirstErrorIsThrown(3)
        _ = Blocks(count: 100, workers: 3, size: 1).reduce(into: Places()) { part, _ in
            part.object = Counted()
        }
        #expect(Counted.alive.load(ordering: .relaxed) == 0)
    }
}
