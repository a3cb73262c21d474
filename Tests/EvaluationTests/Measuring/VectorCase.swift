import CairnTestKit
import Testing

/// A case of Tests/Vectors/metrics.json.
struct VectorCase: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    let data: JSONValue

    var id: String { value["id"]?.string ?? "" }
    var kind: String { value["kind"]?.string ?? "" }
    var testDescription: String { id }
    var options: JSONValue { value["options"] ?? .null }
    var expect: JSONValue { value["expect"] ?? .null }
    /// "invalid_input", "insufficient_data".
    var status: String? { expect["status"]?.string }

    /// The case's own inputs, or those of the data that it names.
    subscript(name: String) -> JSONValue? {
        (value["input"] ?? value["data"]?.string.flatMap { data[$0] })?[name]
    }

    func rows(_ name: String) -> [[Double]] { self[name]?.array?.map { $0.doubles ?? [] } ?? [] }
    func doubles(_ name: String) -> [Double]? { self[name]?.doubles }
    func ints(_ name: String) -> [Int] { self[name]?.ints ?? [] }
    func strings(_ name: String) -> [String] { self[name]?.strings ?? [] }

    /// An expected number by its path: "macro.f1".
    func wanted(_ path: String) -> Double? {
        path.split(separator: "/").reduce(expect) { $0[String($1)] ?? .null }.double
    }

    func agrees(_ got: Double, _ want: Double) -> Bool {
        Vectors.agree(
            got, want, relative: value["rel_tol"]?.double ?? 1e-9,
            absolute: value["abs_tol"]?.double ?? 1e-12)
    }

    static let all: [VectorCase] = {
        // A file that is missing fails the test that counts the cases.
        guard let file = try? Vectors.load("metrics.json"), let cases = file["cases"]?.array else {
            return []
        }
        return cases.map { VectorCase(value: $0, data: file["data"] ?? .null) }
    }()

    static func of(_ kinds: String...) -> [VectorCase] { all.filter { kinds.contains($0.kind) } }
}
