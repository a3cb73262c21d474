import CairnCore
import TensorCodec
import Testing

/// Chunks of every kind of element, coded and back, on every level.
@Suite struct ChunkCoderTests {
    static let levels = ChunkCoder.Level.allCases.filter {
        $0.rawValue <= ChunkCoder.bestLevel.rawValue
    }

    /// Numbers as training leaves them: `parent`, and one small step further.
    static func pair(_ element: ElementType, count: Int, seed: UInt64) -> ([UInt8], [UInt8]) {
        var random = SeededRandom(seed: seed)
        var (parent, next): ([UInt8], [UInt8]) = ([], [])
        func add(_ bytes: some Sequence<UInt8>, to array: inout [UInt8]) { array += bytes }
        let step = [0, 1e-7, 1e-4, 1].randomElement(using: &random)!
        for _ in 0..<count {
            let value = (Double.random(in: -1...1, using: &random)) * 0.05
            let moved = value + Double.random(in: -1...1, using: &random) * step
            parent += bytes(value, element)
            next += bytes(moved, element)
        }
        let tail = Int.random(in: 0..<element.byteCount, using: &random)
        parent += (0..<tail).map { _ in 7 }
        next += (0..<tail).map { _ in 9 }
        return (parent, next)
    }

    static func bytes(_ value: Double, _ element: ElementType) -> [UInt8] {
        func raw(_ bits: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: bits.littleEndian) { Array($0) }
        }
        return switch element {
        case .float64: raw(value.bitPattern)
        case .float32: raw(Float(value).bitPattern)
        case .complex64: raw(Float(value).bitPattern) + raw(Float(-value).bitPattern)
        case .bfloat16: raw(UInt16(Float(value).bitPattern >> 16))
        case .float16: raw(UInt16(Float(value).bitPattern >> 16 & 0x8FFF))
        default:
            Array(raw(Int64(value * 1e4)).prefix(element.byteCount))
        }
    }

    static func decoded(
        _ coded: (code: ChunkCode, payload: SharedBytes), _ element: ElementType, _ count: Int,
        parent: [UInt8], _ coder: ChunkCoder
    ) -> [UInt8]? {
        var out = [UInt8](repeating: 0xAA, count: count)
        let isWhole = out.withUnsafeMutableBytes { out in
            parent.withUnsafeBytes { parent in
                coded.payload.withUnsafeBytes {
                    coder.decode(coded.code, $0, element, parent: parent, into: out)
                }
            }
        }
        return isWhole ? out : nil
    }

    @Test(arguments: ElementType.allCases)
    func everyCodeGivesTheBytesBackAndEveryLevelTheSameCode(element: ElementType) throws {
        for seed in UInt64(0)..<24 {
            var random = SeededRandom(seed: seed)
            let count = [1, 3, 64, 1_000, 40_000, 300_000].randomElement(using: &random)!
            let (parent, next) = Self.pair(element, count: count, seed: seed)
            var first: [[UInt8]?] = []
            for level in Self.levels {
                let coder = ChunkCoder(level: level)
                let codes = next.withUnsafeBytes { next in
                    parent.withUnsafeBytes { parent in
                        [coder.alone(next, element), coder.delta(next, to: parent, element)]
                    }
                }
                for coded in codes.compactMap(\.self) {
                    #expect(coded.payload.count < next.count)
                    let back = Self.decoded(coded, element, next.count, parent: parent, coder)
                    #expect(back == next, "\(element) seed \(seed), \(level), \(coded.code)")
                }
                let payloads = codes.map { $0?.payload.bytes }
                if first.isEmpty { first = payloads }
                #expect(payloads == first, "\(element) seed \(seed): \(level) codes otherwise")
            }
        }
    }

    @Test func aSmallStepOfFineTuningTakesAFractionOfTheBytes() throws {
        var random = SeededRandom(seed: 3)
        var (parent, next): ([UInt8], [UInt8]) = ([], [])
        for _ in 0..<200_000 {
            let sum = (0..<6).reduce(0.0) { sum, _ in sum + .random(in: -1...1, using: &random) }
            let value = sum * 0.01
            parent += Self.bytes(value, .bfloat16)
            next += Self.bytes(value + .random(in: -1...1, using: &random) * 2e-5, .bfloat16)
        }
        let coder = ChunkCoder()
        let (alone, delta) = next.withUnsafeBytes { next in
            parent.withUnsafeBytes {
                (coder.alone(next, .bfloat16), coder.delta(next, to: $0, .bfloat16))
            }
        }
        #expect(alone?.code == .planes && alone!.payload.count < next.count * 75 / 100)
        #expect(delta?.code == .deltaByExponent && delta!.payload.count < next.count / 5)
    }

    @Test func whatRepeatsTakesOneElement() {
        let bytes = (0..<5_000).flatMap { _ in Self.bytes(0.25, .float32) }
        let coded = bytes.withUnsafeBytes { ChunkCoder().alone($0, .float32) }
        #expect(coded?.code == .fill && coded?.payload.count == 4)
        #expect(Self.decoded(coded!, .float32, bytes.count, parent: [], ChunkCoder()) == bytes)
    }

    @Test func noiseIsLeftAsItIs() {
        var random = SeededRandom(seed: 9)
        let bytes = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for element in [ElementType.opaque, .bfloat16, .float32] {
            #expect(bytes.withUnsafeBytes { ChunkCoder().alone($0, element) } == nil)
        }
    }

    /// Every float32 pattern that matters: rounding, ties, the least and the greatest, infinities.
    @Test(arguments: [ElementType.bfloat16, .float16]) func castsRoundToNearestEven(
        element: ElementType
    ) {
        var random = SeededRandom(seed: 5)
        var source: [UInt8] = [], expected: [UInt8] = []
        for index in 0..<200_000 {
            var value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            if index % 3 == 0 { value = Float.random(in: -1...1, using: &random) }
            if index % 7 == 0 { value = Float(Int.random(in: -70_000...70_000, using: &random)) }
            if value.isNaN { continue }
            source += withUnsafeBytes(of: value.bitPattern) { Array($0) }
            let bits = element == .float16 ? Self.half(value) : Self.brain(value)
            expected += withUnsafeBytes(of: bits) { Array($0) }
        }
        let isCast = source.withUnsafeBytes { source in
            expected.withUnsafeBytes { ChunkCoder().isCast($0, of: source, element) }
        }
        #expect(isCast)
        expected[100] ^= 1
        let isStill = source.withUnsafeBytes { source in
            expected.withUnsafeBytes { ChunkCoder().isCast($0, of: source, element) }
        }
        #expect(!isStill)
    }

    /// By the definition, in exact arithmetic on doubles.
    private static func half(_ value: Float) -> UInt16 {
        let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
        let magnitude = Double(value.magnitude)
        if magnitude >= 65_520 { return sign | 0x7C00 }
        let exponent = magnitude == 0 ? -14 : max(-14, magnitude.exponent)
        let unit = Double(sign: .plus, exponent: Int(exponent) - 10, significand: 1)
        let units = (magnitude / unit).rounded(.toNearestOrEven)
        return sign | UInt16(Int(units) + (Int(exponent) + 14) * 1_024)
    }

    private static func brain(_ value: Float) -> UInt16 {
        let bits = UInt64(value.bitPattern)
        let (upper, lower) = (bits >> 16, bits & 0xFFFF)
        let isUp = lower > 0x8000 || (lower == 0x8000 && upper & 1 == 1)
        return UInt16(upper + (isUp ? 1 : 0))
    }

    /// Any bytes as a payload: refused or decoded to something, never a crash.
    @Test func damagedPayloadsNeverCrash() {
        for seed in UInt64(0)..<60 {
            var random = SeededRandom(seed: seed)
            let element = ElementType.allCases.randomElement(using: &random)!
            let (parent, next) = Self.pair(
                element, count: .random(in: 1...30_000, using: &random), seed: seed)
            let coder = ChunkCoder(level: Self.levels.randomElement(using: &random)!)
            let codes = next.withUnsafeBytes { next in
                parent.withUnsafeBytes {
                    [coder.alone(next, element), coder.delta(next, to: $0, element)]
                }
            }
            for coded in codes.compactMap(\.self) {
                for _ in 0..<40 {
                    var payload = coded.payload.bytes
                    for _ in 0..<Int.random(in: 1...4, using: &random) {
                        payload[.random(in: payload.indices, using: &random)] =
                            .random(in: 0...255, using: &random)
                    }
                    if Bool.random(using: &random) {
                        payload = Array(
                            payload.prefix(.random(in: 0...payload.count, using: &random)))
                    }
                    let code = ChunkCode.allCases.randomElement(using: &random)!
                    _ = Self.decoded(
                        (Bool.random(using: &random) ? code : coded.code, SharedBytes(payload)),
                        element, next.count, parent: parent, coder)
                }
            }
        }
    }
}
