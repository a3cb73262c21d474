extension JSONLine {
    /// A number, rounded correctly.
    ///
    /// Up to 15 digits with a small power of ten are exact in one operation; the standard library
    /// reads the others. Source: Clinger, How to Read Floating Point Numbers Accurately, 1990.
    mutating func number() throws(InputError) -> Double {
        let start = position
        let isNegative = take("-")
        var mantissa: UInt64 = 0
        var (digitCount, scale) = (0, 0)
        while (48...57).contains(next) {
            mantissa = mantissa &* 10 &+ UInt64(next - 48)
            digitCount += 1
            advance(to: position + 1)
        }
        guard digitCount > 0 else { return try word(isNegative: isNegative, start: start) }
        if digitCount > 1, bytes[position - digitCount] == 48 { throw wrong(start) }
        if take(".") {
            let first = position
            while (48...57).contains(next) {
                mantissa = mantissa &* 10 &+ UInt64(next - 48)
                advance(to: position + 1)
            }
            scale = first - position
            digitCount -= scale
            guard scale < 0 else { throw wrong(start) }
        }
        let (exponent, isExact) = try exponent(start)
        scale += exponent
        if isExact, digitCount <= 15, (-22...22).contains(scale) {
            let magnitude = Double(mantissa)
            let value =
                scale < 0 ? magnitude / Self.powers[-scale] : magnitude * Self.powers[scale]
            return isNegative ? -value : value
        }
        guard let value = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw wrong(start)
        }
        return value
    }

    /// The exponent; not exact when it is too large to be added up here.
    private mutating func exponent(_ start: Int) throws(InputError) -> (Int, isExact: Bool) {
        guard take("e") || take("E") else { return (0, true) }
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        var (exponent, digitCount) = (0, 0)
        while (48...57).contains(next) {
            if digitCount < 6 { exponent = exponent * 10 + Int(next - 48) }
            digitCount += 1
            advance(to: position + 1)
        }
        guard digitCount > 0 else { throw wrong(start) }
        return (isNegative ? -exponent : exponent, digitCount < 6)
    }

    /// What Python's `json` writes for numbers that JSON lacks.
    private mutating func word(isNegative: Bool, start: Int) throws(InputError) -> Double {
        if take(word: "Infinity") { return isNegative ? -.infinity : .infinity }
        if !isNegative, take(word: "NaN") { return .nan }
        throw wrong(start)
    }

    private mutating func wrong(_ start: Int) -> InputError {
        advance(to: start)
        return expected("a number")
    }

    /// 10⁰ to 10²², each exact in a `Double`.
    private static let powers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }
}
