import CairnCore
import Testing

@testable import Statistics

/// Whatever bytes come: the sketch that they are, or an error.
@Suite struct SketchCodingTests {
    @Test func whatIsWrittenIsRead() throws {
        for seed in seeds {
            var random = SeededRandom(seed: seed)
            let samples = Samples(&random)
            #expect(try QuantileSketch(encoded: samples.quantiles.encoded) == samples.quantiles)
            #expect(try NumberSummary(encoded: samples.numbers.encoded) == samples.numbers)
            #expect(try CategoryCounter(encoded: samples.names.encoded) == samples.names)
            #expect(try VectorSummary(encoded: samples.vectors.encoded) == samples.vectors)
            #expect(try SketchBundle(encoded: samples.bundle.encoded) == samples.bundle)
            #expect(
                try QuantileSketch(encoded: samples.quantiles.encoded).encoded
                    == samples.quantiles.encoded)
        }
    }

    @Test func everyChangedBitIsFound() {
        var random = SeededRandom(seed: 5)
        let samples = Samples(&random, count: 12)
        expectErrors(QuantileSketch.self, samples.quantiles.encoded)
        expectErrors(NumberSummary.self, samples.numbers.encoded)
        expectErrors(CategoryCounter.self, samples.names.encoded)
        expectErrors(VectorSummary.self, samples.vectors.encoded)
        expectErrors(SketchBundle.self, samples.bundle.encoded)
    }

    private func expectErrors<Kind: Sketch>(_ kind: Kind.Type, _ bytes: [UInt8]) {
        for index in bytes.indices {
            #expect(throws: SketchError.self) { try Kind(encoded: Array(bytes[..<index])) }
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                #expect(throws: SketchError.self, "\(kind), byte \(index), bit \(bit)") {
                    try Kind(encoded: changed)
                }
            }
        }
        #expect(throws: SketchError.self) { try Kind(encoded: bytes + [0]) }
    }

    /// With a checksum made anew, changed bytes must still be an error or a sketch that works.
    @Test func aCheckedSumIsNoExcuseToCrash() throws {
        for seed in seeds {
            var random = SeededRandom(seed: seed)
            let samples = Samples(&random, count: 60)
            for _ in 0..<25 {
                exercise(QuantileSketch.self, mutated(samples.quantiles.encoded, &random)) {
                    _ = $0.distribution.edges(bins: 10)
                    _ = $0.rankError(everywhere: true)
                    $0.add(contentsOf: (0..<500).map(Double.init))
                }
                exercise(NumberSummary.self, mutated(samples.numbers.encoded, &random)) {
                    _ = ($0.mean, $0.standardDeviation)
                    $0.add(1e308)
                }
                exercise(CategoryCounter.self, mutated(samples.names.encoded, &random)) {
                    _ = ($0.categories, $0.otherCount)
                    $0.add("new", count: 3)
                }
                exercise(SketchBundle.self, mutated(samples.bundle.encoded, &random)) {
                    $0["new"] = $0["names"]
                }
                exercise(VectorSummary.self, mutated(samples.vectors.encoded, &random)) {
                    _ = ($0.mean, $0.variance)
                    $0.add([1, 2, 3])
                }
            }
        }
    }

    private func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var body = Array(bytes.dropLast(8))
        for _ in 0..<random.int(in: 1...4) {
            let index = random.int(in: 0...body.count - 1)
            switch random.int(in: 0...3) {
            case 0: body[index] = UInt8(random.int(in: 0...255))
            case 1: body[index] = [0x00, 0x7F, 0x80, 0xFF][random.int(in: 0...3)]
            case 2: body.insert(0xFF, at: index)
            default: body.remove(at: index)
            }
            if body.isEmpty { break }
        }
        return body + Digest(of: body).bytes.prefix(8)
    }

    private func exercise<Kind: Sketch>(
        _ kind: Kind.Type, _ bytes: [UInt8], _ body: (inout Kind) -> Void
    ) {
        guard case .success(var sketch) = Result(catching: { try Kind(encoded: bytes) }) else {
            return
        }
        body(&sketch)
        let other = sketch
        // Two halves of 2⁵³ do not fit together; that is an error too, and no crash.
        if case .failure(let error) = Result(catching: { try sketch.merge(other) }) {
            #expect(error is SketchError)
        }
    }

    @Test func anotherKindOrVersionIsNamed() {
        var random = SeededRandom(seed: 2)
        let samples = Samples(&random, count: 5)
        #expect(throws: SketchError(.damaged, "the bytes are not of a CategoryCounter")) {
            try CategoryCounter(encoded: samples.quantiles.encoded)
        }
        var body = Array(samples.names.encoded.dropLast(8))
        body[1] = 2
        let later = body + Digest(of: body).bytes.prefix(8)
        #expect(
            throws: SketchError(
                .unknownVersion, "a CategoryCounter of version 2; this Cairn reads 1")
        ) { try CategoryCounter(encoded: later) }
    }

    /// One of each kind, of random values.
    private struct Samples {
        var bundle: SketchBundle {
            var bundle = SketchBundle()
            (bundle.rowCount, bundle.skippedCount) = (numbers.count + 2, 2)
            bundle["numbers"] = .numbers(numbers)
            bundle["names"] = .categories(names, missingCount: 3)
            bundle["vectors"] = .vectors(vectors)
            return bundle
        }

        var quantiles: QuantileSketch
        var numbers: NumberSummary
        var names: CategoryCounter
        var vectors: VectorSummary

        init(_ random: inout SeededRandom, count: Int? = nil) {
            let count = count ?? random.int(in: 0...1500)
            quantiles = QuantileSketch(size: 64, stream: random.next())
            numbers = NumberSummary(size: 64, stream: random.next())
            names = CategoryCounter(capacity: 20)
            vectors = VectorSummary()
            let isShort = random.coin(0.5)
            for value in random.awkwardSample(count) {
                quantiles.add(isShort ? Double(Float(value)) : value)
                numbers.add(value)
                names.add(String(Int(value.magnitude.truncatingRemainder(dividingBy: 50))))
                vectors.add([value, -value, 1])
            }
        }
    }
}
