import CairnTestKit
import StatisticsTools
import Testing

/// The input of a case, and what the tools answer to it.
struct VectorInput {
    let input: JSONValue
    /// Where a sequential test is to be read.
    let points: [Int]

    /// The points of the expected answer: a list of them, or the keys of `log_e_at`.
    init(_ input: JSONValue, expecting expected: [String: JSONValue]) {
        self.input = input
        let keys = expected["log_e_at"]?.object?.keys.compactMap { Int($0) }
        points = expected["at"]?.ints ?? keys ?? []
    }

    func numbers(_ key: String) throws -> [Double] { try #require(input[key]?.doubles, "\(key)") }

    func text(_ key: String) throws -> String { Self.text(try #require(input[key], "\(key)")) }

    /// As a person would type it.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .number(let number): "\(number)".hasSuffix(".0") ? "\(Int(number))" : "\(number)"
        case .string(let text): text
        case .bool(let flag): flag ? "1" : ""
        case .array(let items): items.map(text).joined(separator: ",")
        case .null, .object: ""
        }
    }

    /// Settings from the fields of the input, flag by field; what the input lacks is not set.
    func settings(_ flags: [String: String], _ more: [String: String] = [:]) -> StatSettings {
        var values = more
        for (flag, field) in flags where values[flag] == nil {
            guard let value = input[field], value != .null, value != .bool(false) else { continue }
            values[flag] = Self.text(value)
        }
        return StatSettings(values)
    }

    func answer(_ name: String, _ samples: [[Double]], _ settings: StatSettings) throws
        -> [String: JSONValue]
    {
        let tool = try #require(StatTool.all.first { $0.name == name }, "there is no tool \(name)")
        guard case .whole(let work) = tool.work else { throw NotOfThatKind(name: name) }
        return try Self.fields(try work(StatData(numbers: samples), settings))
    }

    static func fields(_ answer: StatAnswer) throws -> [String: JSONValue] {
        let json = try JSONValue(parsing: Array(answer.json.compact.utf8))
        return try #require(json.object)
    }

    struct NotOfThatKind: Error { let name: String }

    /// The events of a stream with their indices, and the answers before and at its end.
    struct Streamed {
        var events: [(index: Int, event: StatEvent)] = []
        /// By how many rows there were.
        var answers: [Int: [String: JSONValue]] = [:]
        var end: [String: JSONValue] = [:]
    }

    func stream(_ name: String, _ rows: [[Double]], _ settings: StatSettings) throws -> Streamed {
        let tool = try #require(StatTool.all.first { $0.name == name }, "there is no tool \(name)")
        guard case .stream(let make) = tool.work else { throw NotOfThatKind(name: name) }
        var stream = try make(settings)
        var streamed = Streamed()
        for (index, row) in rows.enumerated() {
            if let event = try stream.add(row) { streamed.events.append((index, event)) }
            if points.contains(index + 1) {
                streamed.answers[index + 1] = try Self.fields(stream.answer())
            }
        }
        streamed.end = try Self.fields(stream.answer())
        return streamed
    }
}
