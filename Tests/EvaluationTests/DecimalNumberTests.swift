import CairnCore
import Testing

@testable import Evaluation

@Suite struct DecimalNumberTests {
    private func number(_ text: String) throws -> Double {
        // Rows end with a line feed, and loads may reach behind it.
        let bytes = Array(text.utf8) + [0x0A] + [UInt8](repeating: 0, count: 64)
        return try bytes.withUnsafeBufferPointer { bytes in
            var row = JSONRows(
                ByteSpan(rebasing: bytes[..<(text.utf8.count + 1)]), wanted: NameTable())
            let value = try row.number()
            guard row.at == text.utf8.count else { throw row.failure("more than a number") }
            return value
        }
    }

    @Test(arguments: [
        "0", "-0", "1", "-1.5", "0.1", "123456789012345", "9007199254740993", "1e22", "1e23",
        "4.35", "0.000001", "2.2250738585072014e-308", "5e-324", "1e-400", "1e400",
        "0.30000000000000004", "179769313486231570000e289", "3.141592653589793238462643383279",
        "1e99999999999", "0.000000000000000000000000000000000000000000000000000000000000000001e70",
    ])
    func numbersAreReadAsTheStandardLibraryReadsThem(text: String) throws {
        #expect(try number(text).bitPattern == Double(text)!.bitPattern)
    }

    @Test func randomNumbersAreReadBackBitForBit() throws {
        for seed in UInt64(0)..<20_000 {
            var random = SeededRandom(seed: seed)
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(try number("\(value)").bitPattern == value.bitPattern, "seed \(seed)")
            let short = (value.truncatingRemainder(dividingBy: 1) * 1000).rounded() / 1000
            #expect(try number("\(short)") == short, "seed \(seed)")
        }
    }

    @Test(arguments: ["", "-", "01", ".5", "5.", "1e", "1e+", "+1", "--1", "x", "-NaN", "nan"])
    func whatJSONCallsNoNumberIsRefused(text: String) {
        #expect(throws: InputError.self) { try number(text) }
    }
}
