/// Takes a stored list of numbers apart, from the front, checking as it goes.
struct NumberReader {
    private var rest: ArraySlice<Double>

    init(_ numbers: [Double]) { rest = numbers[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next number; `nil` at the end and for NaN, which is never stored.
    mutating func next() -> Double? {
        guard let value = rest.popFirst(), !value.isNaN else { return nil }
        return value
    }

    mutating func next(in range: ClosedRange<Double>) -> Double? {
        guard let value = next(), range.contains(value) else { return nil }
        return value
    }

    mutating func int(in range: ClosedRange<Int>) -> Int? {
        guard let value = next(), let int = Int(exactly: value), range.contains(int) else {
            return nil
        }
        return int
    }

    mutating func bool() -> Bool? { int(in: 0...1).map { $0 == 1 } }

    mutating func take(_ count: Int) -> [Double]? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        let taken = Array(rest.prefix(count))
        return taken.contains(where: \.isNaN) ? nil : taken
    }

    /// Everything that is left.
    mutating func remainder() -> [Double] {
        defer { rest = [] }
        return Array(rest)
    }
}
