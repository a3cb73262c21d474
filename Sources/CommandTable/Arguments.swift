/// What a person asked for, checked against the table.
public struct Arguments: Equatable, Sendable {
    public let command: Command
    /// Values by flag, in the order given; a switch that was given holds one empty text.
    let values: [String: [String]]
    let operands: [String: [String]]
    /// Flags that stood on the command line itself, not in environment, file or table.
    let typed: Set<String>

    /// A name that the table does not have is a bug of the program, not of its user.
    private func checked(_ name: String) -> [String] {
        precondition(command.flag(name) != nil, "'\(command.name)' has no flag --\(name)")
        return values[name] ?? []
    }

    public func has(_ flag: String) -> Bool { !checked(flag).isEmpty }

    public func wasTyped(_ flag: String) -> Bool { typed.contains(flag) }

    public func text(_ flag: String) -> String? { checked(flag).last }

    public func texts(_ flag: String) -> [String] { checked(flag) }

    public func number(_ flag: String) -> Int64? { text(flag).flatMap { Int64($0) } }

    public func decimal(_ flag: String) -> Double? { text(flag).flatMap { Double($0) } }

    public func pairs(_ flag: String) -> [(key: String, value: String)] {
        checked(flag).map(Self.pair)
    }

    /// Splits at the first `=`; the table has checked that there is one.
    public static func pair(_ text: String) -> (key: String, value: String) {
        let equals = text.firstIndex(of: "=") ?? text.endIndex
        return (String(text[..<equals]), String(text[equals...].dropFirst()))
    }

    public func operand(_ name: String) -> String? { operands(name).first }

    public func operands(_ name: String) -> [String] {
        precondition(
            command.operands.contains { $0.name == name }, "'\(command.name)' has no \(name)")
        return operands[name] ?? []
    }
}

/// Asked wrongly: exit code 2. The text says what, and what to type instead.
public struct UsageError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
