import Statistics

/// What was asked for beside the data, by the names of flags.
public struct StatSettings: Sendable, Equatable {
    private let values: [String: String]

    /// - Parameter values: as they were typed; a switch that is set holds any text.
    public init(_ values: [String: String]) { self.values = values }

    public func has(_ name: String) -> Bool { values[name] != nil }

    public func text(_ name: String) -> String? { values[name] }

    func number(_ name: String) throws(StatError) -> Double? {
        guard let text = values[name] else { return nil }
        guard let number = Double(text), number.isFinite else {
            throw StatError("--\(name) needs a number, not '\(text)'")
        }
        return number
    }

    func number(_ name: String, or standard: Double) throws(StatError) -> Double {
        try number(name) ?? standard
    }

    func count(_ name: String) throws(StatError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let count = Int(text) else {
            throw StatError("--\(name) needs a whole number, not '\(text)'")
        }
        return count
    }

    func count(_ name: String, or standard: Int) throws(StatError) -> Int {
        try count(name) ?? standard
    }

    func needed(_ name: String) throws(StatError) -> Int {
        guard let count = try count(name) else { throw StatError("--\(name) is needed too") }
        return count
    }

    /// Numbers with commas or spaces between them.
    func numbers(_ name: String) throws(StatError) -> [Double]? {
        guard let text = values[name] else { return nil }
        return try Self.list(text, name)
    }

    private static func list(_ text: some StringProtocol, _ name: String) throws(StatError)
        -> [Double]
    {
        var numbers: [Double] = []
        for word in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
            guard let number = Double(word), !number.isNaN else {
                throw StatError(
                    "--\(name): '\(word)' is not a number; expected numbers as in 0.2,0.5,1")
            }
            numbers.append(number)
        }
        return numbers
    }

    func counts(_ name: String) throws(StatError) -> [Int]? {
        guard let numbers = try numbers(name) else { return nil }
        return try Self.whole(numbers, name)
    }

    private static func whole(_ numbers: [Double], _ name: String) throws(StatError) -> [Int] {
        var counts: [Int] = []
        for number in numbers {
            guard let count = Int(exactly: number) else {
                throw StatError("--\(name): \(number) is not a count; expected whole numbers")
            }
            counts.append(count)
        }
        return counts
    }

    /// Rows with semicolons between them: `12 5; 3 9`.
    func table(_ name: String) throws(StatError) -> [[Int]]? {
        guard let text = values[name] else { return nil }
        var rows: [[Int]] = []
        for row in text.split(separator: ";") {
            rows.append(try Self.whole(try Self.list(row, name), name))
        }
        return rows
    }

    /// The level, in (0, 1).
    func alpha(or standard: Double = 0.05) throws(StatError) -> Double {
        let alpha = try number("alpha", or: standard)
        guard alpha > 0, alpha < 1 else {
            throw StatError("--alpha is a level between 0 and 1, as 0.05, not \(alpha)")
        }
        return alpha
    }

    var alternative: StatAlternative {
        values["alternative"].flatMap(StatAlternative.init(rawValue:)) ?? .twoSided
    }

    var nanPolicy: NaNPolicy { values["nan"].flatMap(NaNPolicy.init(rawValue:)) ?? .reject }

    /// Whether NaN goes on to the tool, which knows what to do with it.
    var keepsNaN: Bool { (values["nan"] ?? "reject") != "reject" }

    /// What makes resamples and permutations come out the same again.
    func seed() throws(StatError) -> UInt64 {
        guard let text = values["seed"] else { return 1 }
        guard let seed = UInt64(text) else {
            throw StatError("--seed needs a whole number from 0, not '\(text)'")
        }
        return seed
    }
}

/// Which differences count against the null hypothesis.
enum StatAlternative: String, CaseIterable {
    case twoSided = "two-sided"
    /// a is larger.
    case greater
    /// a is smaller.
    case less

    func p(of tails: TailProbabilities) -> Double {
        switch self {
        case .twoSided: tails.twoSided
        case .greater: tails.greater
        case .less: tails.less
        }
    }

    var note: String {
        switch self {
        case .twoSided: "two-sided"
        case .greater: "one-sided: a is larger"
        case .less: "one-sided: a is smaller"
        }
    }
}
