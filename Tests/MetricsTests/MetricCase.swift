import CairnTestKit
import Metrics
import Statistics
import Testing

/// A case of metrics.json, and what came of it.
struct MetricCase: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    let data: JSONValue
    var id: String { value["id"]?.string ?? "" }
    var kind: String { value["kind"]?.string ?? "" }
    var testDescription: String { id }
    var expect: JSONValue { value["expect"] ?? .null }
    /// The case's own inputs, or those of the data that it names.
    var input: JSONValue {
        value["input"] ?? value["data"]?.string.flatMap { data[$0] } ?? .null
    }

    static let all: [MetricCase] = {
        // A file that is missing fails the test that counts the cases.
        guard let file = try? Vectors.load("metrics.json"), let cases = file["cases"]?.array else {
            return []
        }
        return cases.map { MetricCase(value: $0, data: file["data"] ?? .null) }
    }()

    static func of(_ kinds: String...) -> [MetricCase] { all.filter { kinds.contains($0.kind) } }

    /// Compares every expected number but those that are not offered.
    func check(
        leavingOut names: Set<String> = [], only: Set<String>? = nil,
        _ body: () throws(MetricError) -> [String: Double?],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let got: [String: Double?]
        do throws(MetricError) {
            got = try body()
        } catch {
            let status: String
            switch error {
            case .insufficientData: status = "insufficient_data"
            case .invalidInput: status = "invalid_input"
            }
            #expect(
                expect["status"]?.string == status, "\(id): \(error)",
                sourceLocation: sourceLocation)
            return
        }
        #expect(expect["status"] == nil, "\(id) gives numbers", sourceLocation: sourceLocation)
        for (name, want) in Self.numbers(expect, "")
        where !names.contains(name) && only?.contains(name) ?? true {
            guard let value = got[name] else {
                Issue.record("\(id): \(name) is not measured", sourceLocation: sourceLocation)
                continue
            }
            #expect(
                Vectors.agree(
                    value ?? .nan, want, relative: self.value["rel_tol"]?.double ?? 1e-9,
                    absolute: self.value["abs_tol"]?.double ?? 1e-12),
                "\(id): \(name) is \(value ?? .nan), expected \(want)",
                sourceLocation: sourceLocation)
        }
    }

    /// Every number by its path; lists by their indices.
    private static func numbers(_ value: JSONValue, _ path: String) -> [(String, Double)] {
        switch value {
        case .object(let members):
            return members.flatMap {
                numbers($0.value, path.isEmpty ? $0.key : path + "." + $0.key)
            }
        case .array(let items):
            return items.enumerated().flatMap { numbers($0.element, "\(path).\($0.offset)") }
        default: return value.double.map { [(path, $0)] } ?? []
        }
    }
}

extension Dictionary where Key == String, Value == Double? {
    mutating func add(_ name: String, _ values: [Double?]) {
        for (index, value) in values.enumerated() { self["\(name).\(index)"] = value }
    }
}

/// An accumulator told of inputs a few at a time, which must not matter.
func inPieces<Total: Accumulator>(
    _ empty: Total, _ count: Int,
    _ body: @Sendable (inout Total, Range<Int>) throws(MetricError) -> Void
) throws(MetricError) -> Total {
    try Blocks(count: count, workers: 2, size: 7).reduce(into: empty, body)
}

func checkSame(_ counts: Int...) throws(MetricError) {
    guard Set(counts).count == 1 else { throw .invalidInput("\(counts) values") }
}
