/// The command line was wrong.
struct WordError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The words of a command line: operands in order, `--name value` by name.
struct Words {
    private var rest: [String]

    init(_ words: some Sequence<String>) { rest = Array(words) }

    mutating func next() -> String? { rest.isEmpty ? nil : rest.removeFirst() }

    mutating func text(_ name: String) throws -> String {
        guard let index = rest.firstIndex(of: "--" + name), index + 1 < rest.count else {
            throw WordError("--\(name) VALUE is missing")
        }
        defer { rest.removeSubrange(index...index + 1) }
        return rest[index + 1]
    }

    mutating func number(_ name: String) throws -> Int {
        let text = try text(name)
        guard let number = Int(text) else {
            throw WordError("--\(name) is '\(text)'; expected a whole number")
        }
        return number
    }

    mutating func port(_ name: String) throws -> UInt16 {
        let number = try number(name)
        guard let port = UInt16(exactly: number), port > 0 else {
            throw WordError("--\(name) is \(number); expected 1 to 65535")
        }
        return port
    }

    /// Nothing may be left that nobody asked for.
    func end() throws {
        if let word = rest.first { throw WordError("'\(word)' is not expected here") }
    }
}
