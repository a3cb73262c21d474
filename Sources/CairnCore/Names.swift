/// A name is refused with the rule that it broke, so that the text can be shown as it is.
public struct NameError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// The name of a model: `chat-7b`. 1 to 128 of `a–z A–Z 0–9 . _ -`, first a letter or digit.
public struct ModelName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ text: some StringProtocol) throws(NameError) {
        guard Self.isValid(text.utf8) else {
            throw NameError(
                "'\(text)' is not a model name: expected 1 to 128 of letters, digits, '.', '_', "
                    + "'-', starting with a letter or digit")
        }
        description = String(text)
    }

    static func isValid(_ text: some Collection<UInt8>) -> Bool {
        guard (1...128).contains(text.count), let first = text.first else { return false }
        return isAlphanumeric(first)
            && text.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    public static func < (a: ModelName, b: ModelName) -> Bool { a.description < b.description }
}

/// Where something serves: `env/name`, as in `prod/chat`. Each half follows the rule of models.
public struct TargetName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let environment: String
    public let name: String
    public let description: String

    public init(_ text: some StringProtocol) throws(NameError) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ ModelName.isValid($0.utf8) }) else {
            throw NameError("'\(text)' is not a target: expected environment/name, as prod/chat")
        }
        environment = String(halves[0])
        name = String(halves[1])
        description = String(text)
    }

    public static func == (a: TargetName, b: TargetName) -> Bool { a.description == b.description }
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
    public static func < (a: TargetName, b: TargetName) -> Bool { a.description < b.description }
}

/// A moving name of a version: `champion`. The rule of models, and not readable as a version.
public struct AliasName: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ text: some StringProtocol) throws(NameError) {
        guard ModelName.isValid(text.utf8), VersionNumber(text) == nil, text != "latest" else {
            throw NameError(
                "'\(text)' is not an alias: expected letters, digits, '.', '_', '-', starting "
                    + "with a letter or digit, and neither a version number nor 'latest'")
        }
        description = String(text)
    }

    public static func < (a: AliasName, b: AliasName) -> Bool { a.description < b.description }
}

/// What a person names a stored version by: `chat@v1.2.0`, `chat@champion`, `chat@latest`,
/// `run:0198…`.
public enum VersionReference: Hashable, Sendable, CustomStringConvertible {
    case number(ModelName, VersionNumber)
    case alias(ModelName, AliasName)
    /// The highest release, or the highest pre-release where no release stands.
    case latest(ModelName)
    /// The last checkpoint of a run.
    case run(RunID)

    public init(_ text: some StringProtocol) throws(NameError) {
        if text.hasPrefix("run:") {
            guard let id = RunID(text.dropFirst(4)) else {
                throw NameError("'\(text)' is not a run: expected run: and 32 hexadecimal digits")
            }
            self = .run(id)
            return
        }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2 else {
            throw NameError(
                "'\(text)' names no version: expected model@version (chat@v1.2.0), model@alias "
                    + "(chat@champion), model@latest or run:ID")
        }
        let model = try ModelName(halves[0])
        if let number = VersionNumber(halves[1]) {
            self = .number(model, number)
        } else if halves[1] == "latest" {
            self = .latest(model)
        } else {
            self = .alias(model, try AliasName(halves[1]))
        }
    }

    public var description: String {
        switch self {
        case .number(let model, let number): "\(model)@\(number)"
        case .alias(let model, let alias): "\(model)@\(alias)"
        case .latest(let model): "\(model)@latest"
        case .run(let id): "run:\(id)"
        }
    }
}
