import CairnTestKit
import Testing

@testable import Statistics

/// Numbers as an answer; those that were not computed are left out.
func fields(_ numbers: [String: Double?]) -> [String: JSONValue] {
    numbers.compactMapValues { $0.map(JSONValue.number) }
}

func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map(JSONValue.number)) }

func list(_ integers: [Int]) -> JSONValue { list(integers.map(Double.init)) }

func list(_ flags: [Bool]) -> JSONValue { .array(flags.map(JSONValue.bool)) }

func pair(_ interval: Interval?) -> JSONValue? {
    interval.map { list([$0.low, $0.high]) }
}

/// Inputs of a case. A field that is missing or of another type fails the test.
extension JSONValue {
    func number(_ key: String) throws -> Double { try #require(self[key]?.double, "\(key)") }

    func integer(_ key: String) throws -> Int { try #require(self[key]?.int, "\(key)") }

    func numbers(_ key: String) throws -> [Double] { try #require(self[key]?.doubles, "\(key)") }

    func integers(_ key: String) throws -> [Int] { try #require(self[key]?.ints, "\(key)") }

    func table() throws -> [[Int]] {
        let rows = try #require(self["table"]?.array, "table")
        return try rows.map { try #require($0.ints, "table") }
    }

    func nanPolicy() throws -> NaNPolicy {
        guard let name = self["nan_policy"]?.string else { return .reject }
        return try #require(NaNPolicy(rawValue: name), "nan_policy \(name)")
    }

    /// Where a sequential test is to be read belongs to the question, though the file keeps it with
    /// the answer.
    func asking(at points: JSONValue?) -> JSONValue {
        guard let points, case .object(var members) = self else { return self }
        members["at"] = points
        return .object(members)
    }

    func samples() throws -> ([Double], [Double], NaNPolicy) {
        (try numbers("a"), try numbers("b"), try nanPolicy())
    }
}
