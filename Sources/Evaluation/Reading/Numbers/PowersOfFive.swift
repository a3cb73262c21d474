/// The leading 128 bits of 5^q for q from −342 to 308, in which `DecimalNumber` multiplies.
///
/// Positive powers are cut off. Negative ones are cut off too, but rounded up from 5⁻²⁷ on, where the
/// product with any 64 bits stays on the right side of every halfway point.
/// Source: Lemire, Number Parsing at a Gigabyte per Second, 2021, sections 5 and 6.
enum PowersOfFive {
    static let exponents = -342...308

    /// For each exponent its upper and its lower 64 bits, one after the other; made once, never freed.
    nonisolated(unsafe) static let table: UnsafePointer<UInt64> = {
        let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * exponents.count)
        func store(_ bits: (UInt64, UInt64), at exponent: Int) {
            table[2 * (exponent - exponents.lowerBound)] = bits.0
            table[2 * (exponent - exponents.lowerBound) + 1] = bits.1
        }
        var power = LongNumber(wordCount: 12)
        power.words[0] = 1
        store(power.leadingBits, at: 0)
        for exponent in 1...exponents.upperBound {
            power.multiply(by: 5)
            store(power.leadingBits, at: exponent)
        }
        // ⌊⌊2^b / 5^n⌋ / 5⌋ is ⌊2^b / 5^(n+1)⌋, so dividing by 5 again and again loses nothing.
        var inverse = LongNumber(wordCount: 17)
        inverse.words[16] = 1
        for exponent in 1 ... -exponents.lowerBound {
            inverse.divide(by: 5)
            var (high, low) = inverse.leadingBits
            if exponent <= 27 {
                low &+= 1
                if low == 0 { high &+= 1 }
            }
            store((high, low), at: -exponent)
        }
        return UnsafePointer(table)
    }()
}

/// A whole number of many words, the least first.
private struct LongNumber {
    var words: [UInt64]

    init(wordCount: Int) { words = Array(repeating: 0, count: wordCount) }

    mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for index in words.indices {
            let (high, low) = words[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            words[index] = sum
            carry = high + (overflow ? 1 : 0)
        }
        precondition(carry == 0, "a power of five is longer than \(words.count) words")
    }

    mutating func divide(by divisor: UInt64) {
        var remainder: UInt64 = 0
        for index in words.indices.reversed() {
            (words[index], remainder) = divisor.dividingFullWidth((remainder, words[index]))
        }
    }

    /// The first 128 bits from the highest one on.
    var leadingBits: (UInt64, UInt64) {
        let top = words.lastIndex { $0 != 0 }!
        let shift = words[top].leadingZeroBitCount
        func word(_ index: Int) -> UInt64 { index >= 0 ? words[index] : 0 }
        func shifted(_ index: Int) -> UInt64 {
            shift == 0 ? word(index) : word(index) << shift | word(index - 1) >> (64 - shift)
        }
        return (shifted(top), shifted(top - 1))
    }
}
