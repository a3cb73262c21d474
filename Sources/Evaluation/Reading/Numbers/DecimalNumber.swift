/// Decimal text to the nearest `Double`.
///
/// The text ends before a byte that belongs to no number; at least eight bytes behind it can be read.
enum DecimalNumber {
    /// What is strange about a number, and refused where the format is strict.
    struct Form: OptionSet {
        let rawValue: UInt8
        /// `+1`
        static let plus = Form(rawValue: 1)
        /// `007`
        static let leadingZero = Form(rawValue: 2)
        /// `.5` and `5.`
        static let bareDot = Form(rawValue: 4)
    }

    /// - Returns: the value, how many bytes it took, 0 where no number stands here, and its form.
    @inline(__always)
    static func parse(_ text: UnsafePointer<UInt8>) -> (value: Double, length: Int, form: Form) {
        var at = text
        var form: Form = []
        let isNegative = at.pointee == UInt8(ascii: "-")
        if isNegative {
            at += 1
        } else if at.pointee == UInt8(ascii: "+") {
            form = .plus
            at += 1
        }
        let whole = at
        var mantissa: UInt64 = 0
        readDigits(&at, &mantissa)
        var digitCount = at - whole
        if digitCount > 1, whole.pointee == UInt8(ascii: "0") { form.insert(.leadingZero) }
        var exponent = 0
        if at.pointee == UInt8(ascii: ".") {
            at += 1
            let fraction = at
            readDigits(&at, &mantissa)
            exponent = fraction - at
            if digitCount == 0 || exponent == 0 { form.insert(.bareDot) }
            digitCount -= exponent
        }
        guard digitCount > 0 else { return (0, 0, form) }
        if at.pointee | 0x20 == UInt8(ascii: "e") {
            guard let written = readExponent(&at) else { return (0, 0, form) }
            exponent += written
        }
        let length = at - text
        if digitCount > 19, significantDigitCount(whole, digitCount) > 19 {
            return (long(text, whole, length, isNegative, exponent), length, form)
        }
        let magnitude = value(mantissa, exponent) ?? slow(text, length).magnitude
        return (isNegative ? -magnitude : magnitude, length, form)
    }

    /// Eight digits at once, then one by one. Overflow is the caller's to see, by their number.
    @inline(__always)
    private static func readDigits(_ at: inout UnsafePointer<UInt8>, _ mantissa: inout UInt64) {
        while true {
            let eight = UInt64(
                littleEndian: UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
            let tens = eight & 0xF0F0_F0F0_F0F0_F0F0
            let carried = (eight &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
            guard tens == 0x3030_3030_3030_3030, carried == tens else { break }
            // Digits are paired to tens, these to hundreds, these to ten thousands.
            let digits = eight & 0x0F0F_0F0F_0F0F_0F0F
            let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
            let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
            let all = (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
            mantissa = mantissa &* 100_000_000 &+ all
            at += 8
        }
        while true {
            let digit = at.pointee &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            at += 1
        }
    }

    /// - Returns: `nil` where no digit follows the `e`.
    private static func readExponent(_ at: inout UnsafePointer<UInt8>) -> Int? {
        at += 1
        let isNegative = at.pointee == UInt8(ascii: "-")
        if isNegative || at.pointee == UInt8(ascii: "+") { at += 1 }
        let first = at
        var exponent = 0
        while case let digit = at.pointee &- UInt8(ascii: "0"), digit < 10 {
            // Beyond this every number is 0 or infinite, however many digits it has.
            if exponent < 100_000_000 { exponent = exponent * 10 + Int(digit) }
            at += 1
        }
        guard at != first else { return nil }
        return isNegative ? -exponent : exponent
    }

    /// How many of the digits from `whole` on are left without the leading zeros.
    private static func significantDigitCount(_ whole: UnsafePointer<UInt8>, _ digitCount: Int)
        -> Int
    {
        var (at, left) = (whole, digitCount)
        while left > 0 {
            if at.pointee == UInt8(ascii: "0") {
                left -= 1
            } else if at.pointee != UInt8(ascii: ".") {
                break
            }
            at += 1
        }
        return left
    }

    /// More digits than 64 bits hold: if the first 19 and their successor agree, so do all between.
    @inline(never)
    private static func long(
        _ text: UnsafePointer<UInt8>, _ whole: UnsafePointer<UInt8>, _ length: Int,
        _ isNegative: Bool, _ exponent: Int
    ) -> Double {
        var (mantissa, taken, left) = (UInt64(0), 0, 0)
        for at in whole..<(text + length) {
            let digit = at.pointee &- UInt8(ascii: "0")
            if at.pointee == UInt8(ascii: ".") { continue }
            guard digit < 10 else { break }
            if taken == 19 {
                left += 1
            } else if mantissa != 0 || digit != 0 {
                mantissa = mantissa * 10 + UInt64(digit)
                taken += 1
            }
        }
        if let below = value(mantissa, exponent + left),
            left == 0 || below == value(mantissa + 1, exponent + left)
        {
            return isNegative ? -below : below
        }
        return slow(text, length)
    }

    /// By the standard library, where the fast ways cannot decide.
    @inline(never)
    private static func slow(_ text: UnsafePointer<UInt8>, _ length: Int) -> Double {
        let text = String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self)
        guard let value = Double(text) else {
            preconditionFailure("\(text) is a number, but the standard library reads none")
        }
        return value
    }
}
