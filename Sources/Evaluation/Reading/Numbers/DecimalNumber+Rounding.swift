extension DecimalNumber {
    /// mantissa · 10^exponent, rounded to the nearest, ties to even; `nil` where this cannot be decided
    /// with 128 bits.
    ///
    /// Sources: Clinger, How to Read Floating Point Numbers Accurately, 1990, for what one operation
    /// does exactly; Lemire, Number Parsing at a Gigabyte per Second, 2021, algorithm 1, for the rest.
    @inline(__always)
    static func value(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa <= 1 << 53 {
            if exponent == 0 { return Double(mantissa) }
            if exponent < 0, exponent >= -22 { return Double(mantissa) / tens[-exponent] }
            if exponent > 0, exponent <= 22 { return Double(mantissa) * tens[exponent] }
        }
        return product(mantissa, exponent)
    }

    /// 10⁰ to 10²², each exact in a `Double`.
    nonisolated(unsafe) private static let tens: UnsafePointer<Double> = {
        let tens = UnsafeMutablePointer<Double>.allocate(capacity: 23)
        var power = 1.0
        for exponent in 0...22 {
            tens[exponent] = power
            power *= 10
        }
        return UnsafePointer(tens)
    }()

    private static func product(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        guard mantissa != 0, exponent >= PowersOfFive.exponents.lowerBound else { return 0 }
        guard exponent <= PowersOfFive.exponents.upperBound else { return .infinity }
        let zeroCount = mantissa.leadingZeroBitCount
        let factor = mantissa << UInt64(zeroCount)
        let power = PowersOfFive.table + 2 * (exponent - PowersOfFive.exponents.lowerBound)
        var (high, low) = factor.multipliedFullWidth(by: power[0])
        // The lower half of the power matters where the bits below the rounding bit are all ones.
        if high & 0x1FF == 0x1FF {
            let (sum, overflow) = low.addingReportingOverflow(
                factor.multipliedFullWidth(by: power[1]).high)
            low = sum
            if overflow { high += 1 }
        }
        if low == .max, !(-27...55).contains(exponent) { return nil }
        return rounded(high, low, exponent, zeroCount)
    }

    /// The double next to the product, whose first 128 bits are given.
    @inline(__always)
    private static func rounded(_ high: UInt64, _ low: UInt64, _ exponent: Int, _ zeroCount: Int)
        -> Double?
    {
        let top = high >> 63
        // 53 bits and the one that rounds.
        var bits = high >> (top + 9)
        // ⌊exponent · log₂ 10⌋ + 63, exact for all exponents of the table.
        let scale = (217_706 * exponent) >> 16 + 63
        var biased = scale + Int(top) - zeroCount + 1_023
        if biased <= 0 {
            guard biased > -63 else { return 0 }
            bits >>= UInt64(1 - biased)
            bits = (bits + bits & 1) >> 1
            // A subnormal that rounds up to 2⁵² has become normal, which its bits say by themselves.
            return Double(bitPattern: bits)
        }
        // Halfway only where the product is exact; then to the even one.
        if low <= 1, (-4...23).contains(exponent), bits & 3 == 1, bits << (top + 9) == high {
            bits &= ~1
        }
        bits = (bits + bits & 1) >> 1
        if bits == 1 << 53 {
            bits = 1 << 52
            biased += 1
        }
        guard biased < 0x7FF else { return .infinity }
        return Double(bitPattern: UInt64(biased) << 52 | bits & (1 << 52 - 1))
    }
}
