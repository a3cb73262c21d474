import CairnCore
import TensorFormats
import Testing

@Suite struct TensorChangeTests {
    func change(_ before: [UInt8], _ after: [UInt8], _ element: ElementType) -> TensorChange {
        var change = TensorChange()
        before.withUnsafeBytes { before in
            after.withUnsafeBytes { change.add(before, $0, element) }
        }
        return change
    }

    @Test func countsElementsAndMeasuresTheDistance() {
        func bytes(_ values: [Float]) -> [UInt8] {
            values.flatMap { withUnsafeBytes(of: $0.bitPattern) { Array($0) } }
        }
        let change = change(bytes([3, 4, 0, 0]), bytes([3, 4.5, 0, 1.2]), .float32)
        #expect(change.elementCount == 4 && change.changedCount == 2)
        #expect(abs(change.relativeDistance! - 1.3 / 5) < 1e-6)
    }

    @Test func everyTypeOfFloatHasItsNumbers() {
        // 1.0 and 1.5 in each.
        let pairs: [(ElementType, [UInt8], [UInt8])] = [
            (.float16, [0x00, 0x3C], [0x00, 0x3E]), (.bfloat16, [0x80, 0x3F], [0xC0, 0x3F]),
            (.float32, [0, 0, 0x80, 0x3F], [0, 0, 0xC0, 0x3F]),
            (.float64, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]),
        ]
        for (element, one, more) in pairs {
            #expect(change(one, more, element).relativeDistance == 0.5, "\(element)")
        }
        #expect(change([0x01, 0x00], [0x02, 0x00], .float16).relativeDistance == 1, "subnormal")
        let infinite = change([0x00, 0x3C], [0x00, 0x7C], .float16)
        #expect(infinite.hasNonFinite && infinite.relativeDistance == nil)
    }

    @Test func bitsWithoutNumbersAreOnlyCounted() {
        let change = change([1, 2, 3], [1, 9, 3], .opaque)
        #expect(change.changedCount == 1 && change.relativeDistance == nil)
    }
}
