import CairnCore

/// One flag of a command: what the parser, the help, the manual and the completions know of it.
public struct Flag: Equatable, Sendable {
    /// What stands behind a flag.
    public enum Value: Equatable, Sendable {
        /// Nothing: the flag is there or not.
        case none
        /// Any text, called by the placeholder in help: `--out DIR`.
        case text(String)
        /// A whole number in a range.
        case number(String, ClosedRange<Int64>)
        /// A decimal number, infinities and NaN excluded.
        case decimal(String)
        /// `key=value`, with a key that is not empty.
        case pair
        case choice([String])
    }

    /// What a shell offers behind a flag or for an operand.
    public enum Completion: Equatable, Sendable { case nothing, files, folders }

    /// Long, without the hyphens: `expect-revision`.
    public let name: String
    public let value: Value
    /// One sentence, without the default and the environment: the table adds those.
    public let help: String
    /// May be given more than once; every value counts.
    public let isRepeated: Bool
    public let isRequired: Bool
    /// Read where the flag is not given: `CAIRN_DATA`.
    public let environment: String?
    /// The value where neither flag nor environment nor file gives one.
    public let standard: String?
    public let completion: Completion
    /// Understood, but in no help: for programs that start each other.
    public let isHidden: Bool

    public init(
        _ name: String, _ value: Value, _ help: String, isRepeated: Bool = false,
        isRequired: Bool = false, environment: String? = nil, standard: String? = nil,
        completion: Completion = .nothing, isHidden: Bool = false
    ) {
        precondition(value != .none || (environment == nil && standard == nil && !isRequired))
        (self.name, self.value, self.help) = (name, value, help)
        (self.isRepeated, self.isRequired) = (isRepeated, isRequired)
        (self.environment, self.standard) = (environment, standard)
        (self.completion, self.isHidden) = (completion, isHidden)
    }

    /// A switch: it is there or not.
    public init(_ name: String, _ help: String) { self.init(name, .none, help) }

    /// As a person types it: `--out DIR`, `--metric K=V`.
    public var usage: String { "--" + name + (placeholder.map { " " + $0 } ?? "") }

    var placeholder: String? {
        switch value {
        case .none: nil
        case .text(let name), .number(let name, _), .decimal(let name): name
        case .pair: "K=V"
        case .choice(let words): words.joined(separator: "|")
        }
    }

    /// Why `text` cannot stand behind this flag; `nil` when it can.
    func objection(to text: String) -> String? {
        switch value {
        case .none: return "takes no value"
        case .text: return text.isEmpty ? "needs a value that is not empty" : nil
        case .number(_, let range):
            if let number = Int64(text), range.contains(number) { return nil }
            return
                "needs a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'"
        case .decimal:
            return Double(text)?.isFinite == true ? nil : "needs a number, not '\(text)'"
        case .pair:
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                return "needs key=value, not '\(text)'"
            }
            return nil
        case .choice(let words):
            if words.contains(text) { return nil }
            let hint = Nearest.word(to: text, among: words).map { "; did you mean '\($0)'?" } ?? ""
            return "is \(words.orList), not '\(text)'\(hint)"
        }
    }
}

/// What stands behind the words of a command, by position.
public struct Operand: Equatable, Sendable {
    public enum Count: Equatable, Sendable { case one, optional, any, atLeastOne }

    /// In capitals, as help shows it: `TARGET`.
    public let name: String
    public let help: String
    public let count: Count
    public let completion: Flag.Completion

    public init(
        _ name: String, _ help: String, _ count: Count = .one,
        completion: Flag.Completion = .nothing
    ) {
        (self.name, self.help, self.count, self.completion) = (name, help, count, completion)
    }

    public var usage: String {
        switch count {
        case .one: name
        case .optional: "[\(name)]"
        case .any: "[\(name)...]"
        case .atLeastOne: "\(name)..."
        }
    }
}

extension [String] {
    /// `a, b or c`.
    var orList: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
    }
}
