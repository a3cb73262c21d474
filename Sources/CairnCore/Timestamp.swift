/// A moment in UTC, in whole nanoseconds since 1970-01-01T00:00:00Z.
///
/// Decisions take it as an argument; only shells read a clock.
public struct Timestamp: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    public init(milliseconds: Int64) { nanoseconds = milliseconds * 1_000_000 }
    public init(seconds: Int64) { nanoseconds = seconds * 1_000_000_000 }

    /// Whole milliseconds, rounded towards the past.
    public var milliseconds: Int64 {
        nanoseconds >= 0 ? nanoseconds / 1_000_000 : (nanoseconds - 999_999) / 1_000_000
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: time.nanoseconds + duration.wholeNanoseconds)
    }
    public static func - (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(nanoseconds: time.nanoseconds - duration.wholeNanoseconds)
    }
    public static func - (a: Timestamp, b: Timestamp) -> Duration {
        .nanoseconds(a.nanoseconds - b.nanoseconds)
    }
}

extension Duration {
    /// The duration in whole nanoseconds, clamped to what `Int64` holds (292 years).
    public var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carried ? (seconds < 0 ? .min : .max) : sum
    }

    public var wholeMilliseconds: Int64 { wholeNanoseconds / 1_000_000 }

    /// The duration in seconds, for arithmetic and display.
    public var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds: `2026-11-24T00:11:36.042Z`.
    public var description: String {
        let millisecondsOfDay = milliseconds.modulo(86_400_000)
        let (year, month, day) = Self.civilDate(
            daysSinceEpoch: (milliseconds - millisecondsOfDay) / 86_400_000)
        let (hour, minute) = (millisecondsOfDay / 3_600_000, millisecondsOfDay / 60_000 % 60)
        let (second, fraction) = (millisecondsOfDay / 1_000 % 60, millisecondsOfDay % 1_000)
        guard (0...9_999).contains(year) else {
            return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
                + "T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))"
                + ".\(fraction.padded(3))Z"
        }
        // Every line of every log has one: 24 bytes in one piece.
        return String(unsafeUninitializedCapacity: 24) { text in
            var place = 0
            func put(_ number: Int64, _ width: Int, _ end: Unicode.Scalar) {
                var rest = number
                for offset in (0..<width).reversed() {
                    let digit = UInt8(ascii: "0") + UInt8(rest % 10)
                    text.initializeElement(at: place + offset, to: digit)
                    rest /= 10
                }
                text.initializeElement(at: place + width, to: UInt8(ascii: end))
                place += width + 1
            }
            put(year, 4, "-")
            put(month, 2, "-")
            put(day, 2, "T")
            put(hour, 2, ":")
            put(minute, 2, ":")
            put(second, 2, ".")
            put(fraction, 3, "Z")
            return place
        }
    }

    /// The proleptic Gregorian date of a day number.
    /// Source: Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`.
    static func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let z = daysSinceEpoch + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Day number of a proleptic Gregorian date; the inverse of `civilDate`.
    static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Reads RFC 3339 in UTC (`2026-11-24`, `2026-11-24T00:11Z`, `2026-11-24T00:11:36.042Z`).
    /// - Returns: `nil` when the text is anything else, other time zones included.
    public init?(_ text: String) {
        var date = Substring(text)
        var time: Substring = ""
        if let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }) {
            date = text[..<separator]
            time = text[text.index(after: separator)...]
            guard time.last == "Z" else { return nil }
            time.removeLast()
        }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...12).contains(month), (1...31).contains(day), (1...9999).contains(year)
        else { return nil }
        let dayNumber = Self.daysSinceEpoch(year: year, month: month, day: day)
        guard Self.civilDate(daysSinceEpoch: dayNumber) == (year, month, day) else { return nil }
        guard let ofDay = Self.nanosecondsOfDay(time) else { return nil }
        let (start, overflow) = (dayNumber * 86_400).multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return nil }
        self.init(nanoseconds: start + ofDay)
    }

    private static func nanosecondsOfDay(_ time: Substring) -> Int64? {
        if time.isEmpty { return 0 }
        let fields = time.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, let hour = Int64(fields[0]),
            let minute = Int64(fields[1]), (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        var nanoseconds = (hour * 60 + minute) * 60_000_000_000
        guard fields.count == 3 else { return nanoseconds }
        let parts = fields[2].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let second = Int64(parts[0]), (0...59).contains(second) else {
            return nil
        }
        nanoseconds += second * 1_000_000_000
        guard parts.count == 2 else { return nanoseconds }
        guard (1...9).contains(parts[1].count), parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            var fraction = Int64(parts[1])
        else { return nil }
        for _ in parts[1].count..<9 { fraction *= 10 }
        return nanoseconds + fraction
    }
}

extension Int64 {
    /// The remainder with the sign of the divisor.
    func modulo(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
