import CairnCore
import Evaluation
import Testing

@Suite struct ExampleResultsTests {
    @Test func packingIsUndoneBitForBit() {
        for seed in UInt64(0)..<100 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 0...40, using: &random)
            let bits = (0..<count).map { _ in Double(Int.random(in: 0...1, using: &random)) }
            let losses = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
            let results = ExampleResults(
                count: count, columns: [.correct: bits, .logLoss: losses],
                tokenCount: seed % 2 == 0 ? Int(seed) : nil)
            #expect(ExampleResults(packed: results.packed) == results, "seed \(seed)")
        }
        let infinite = ExampleResults(
            count: 2, columns: [.negativeLogLikelihood: [.infinity, -0.0]], tokenCount: 0)
        #expect(ExampleResults(packed: infinite.packed) == infinite)
    }

    @Test func rightAndWrongTakeABitEach() {
        let results = ExampleResults(
            count: 8_000, columns: [.correct: Array(repeating: 1, count: 8_000)])
        #expect(results.packed.count < 100)
    }

    @Test func damagedBytesAreRefused() {
        let whole = ExampleResults(
            count: 5, columns: [.correct: [1, 0, 1, 1, 0], .squaredError: [1, 2, 3, 4, 5]]
        ).packed
        for length in 0..<whole.count {
            #expect(ExampleResults(packed: Array(whole.prefix(length))) == nil, "\(length) bytes")
        }
        #expect(ExampleResults(packed: whole + [0]) == nil)
        var random = SeededRandom(seed: 1)
        for _ in 0..<2_000 {
            var bytes = whole
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                in: 0...255, using: &random)
            _ = ExampleResults(packed: bytes)  // Must not trap.
        }
    }
}
