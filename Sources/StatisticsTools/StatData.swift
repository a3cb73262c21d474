import Statistics

/// What a tool works on: a sample for each role.
public struct StatData: Sendable, Equatable {
    public var samples: [StatSample]

    public init(_ samples: [StatSample]) { self.samples = samples }

    /// Numbers without names, in the order of the roles.
    public init(numbers: [[Double]]) {
        samples = zip(["a", "b"], numbers).map { StatSample($0, numbers: $1) }
    }

    func sample(_ index: Int) -> StatSample {
        samples.indices.contains(index) ? samples[index] : StatSample("")
    }

    var a: [Double] { sample(0).numbers }
    var b: [Double] { sample(1).numbers }
    var hasB: Bool { samples.count > 1 && !samples[1].isEmpty }
}

/// The values of one role.
public struct StatSample: Sendable, Equatable {
    /// As people know it: "new.csv", "latency", "a".
    public var name: String
    public var numbers: [Double] = []
    /// Names, where names were asked for.
    public var names: [String] = []
    public var vectors: [[Double]] = []
    /// Cells without a value, which were left out.
    public var missingCount = 0

    public init(_ name: String, numbers: [Double] = [], names: [String] = []) {
        (self.name, self.numbers, self.names) = (name, numbers, names)
    }

    var isEmpty: Bool { numbers.isEmpty && names.isEmpty && vectors.isEmpty }

    /// 0 and 1, counted: how often right, of how many.
    /// - Throws: for any other number.
    func successes() throws(StatError) -> (successes: Int, trials: Int) {
        var (ones, count) = (0, 0)
        for (index, number) in numbers.enumerated() where !number.isNaN {
            guard number == 0 || number == 1 else {
                throw StatError(
                    "value \(index + 1) of \(name) is \(number); expected 1 for a success and 0 "
                        + "for a failure")
            }
            ones += number == 1 ? 1 : 0
            count += 1
        }
        return (ones, count)
    }

    /// "a: n 200  mean 0.91  sd 0.02".
    func figures(_ role: String) -> [StatFigure?] {
        let kept = numbers.filter { !$0.isNaN }
        let title = name.isEmpty || name == role ? role : "\(role) (\(name))"
        guard !kept.isEmpty, kept.allSatisfy(\.isFinite) else {
            return [.count("n_\(role)", title, kept.count, note: "values")]
        }
        let mean = CompensatedSum(of: kept).value / Double(kept.count)
        let squares = CompensatedSum(of: kept.lazy.map { ($0 - mean) * ($0 - mean) }).value
        let deviation = kept.count < 2 ? nil : (squares / Double(kept.count - 1)).squareRoot()
        return [
            .count("n_\(role)", title, kept.count, note: "values"),
            .number("mean_\(role)", "  mean", mean.isFinite ? mean : nil),
            .number("sd_\(role)", "  deviation", deviation.flatMap { $0.isFinite ? $0 : nil }),
        ]
    }

    var missingNote: String? {
        missingCount == 0
            ? nil
            : "\(missingCount) \(missingCount == 1 ? "cell" : "cells") of \(name) without a value "
                + "\(missingCount == 1 ? "was" : "were") left out"
    }
}
