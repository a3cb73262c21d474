import CairnCore
import Statistics

/// What a tool found: figures for programs, and the same with words for people.
public struct StatAnswer: Sendable, Equatable {
    /// What became of the null hypothesis.
    public enum Outcome: String, Sendable, Equatable {
        case rejected, kept
        /// The data did not suffice, or cannot be used.
        case undecided
        /// There is none: the tool describes.
        case none
    }

    /// "Welch's t-test".
    public let title: String
    public let status: TestStatus
    public let outcome: Outcome
    public let figures: [StatFigure]
    /// One row for each look, value or p-value; each with the same labels.
    public let rows: [[StatFigure]]
    /// What it means, in a sentence.
    public let verdict: String
    /// What a reader must know beside it.
    public let notes: [String]

    public init(
        _ title: String, status: TestStatus = .ok, outcome: Outcome, figures: [StatFigure?],
        rows: [[StatFigure?]] = [], verdict: String, notes: [String?] = []
    ) {
        (self.title, self.status, self.outcome) = (title, status, outcome)
        (self.figures, self.rows) = (figures.compactMap(\.self), rows.map { $0.compactMap(\.self) })
        (self.verdict, self.notes) = (verdict, notes.compactMap(\.self))
    }

    /// For a test that could not be made.
    static func undecided(
        _ title: String, _ status: TestStatus, figures: [StatFigure?] = [], needs: String
    ) -> StatAnswer {
        let why =
            switch status {
            case .insufficientData: "too few data: \(needs)"
            case .invalidInput: "the data cannot be used: \(needs)"
            case .ok, .degenerateEqual, .degenerateDifferent: needs
            }
        return StatAnswer(
            title, status: status, outcome: .undecided, figures: figures,
            verdict: "not decided; \(why)")
    }

    public var json: JSONText {
        var members: [JSONText.Member] = [
            .init("test", .string(title)), .init("status", .string(status.rawValue)),
            .init("outcome", .string(outcome.rawValue)),
        ]
        members += figures.map { .init($0.key, $0.json) }
        if !rows.isEmpty {
            members.append(.init("rows", .array(rows.map { .object($0.map(\.member)) })))
        }
        members.append(.init("verdict", .string(verdict)))
        if !notes.isEmpty { members.append(.init("notes", .array(notes.map(JSONText.string)))) }
        return .object(members)
    }
}

/// One number of an answer, or a few that belong together.
public struct StatFigure: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case number(Double)
        case count(Int)
        case interval(Interval)
        case text(String)
        case flag(Bool)
        case numbers([Double])
        case counts([Int])
    }

    /// For programs: `p_two_sided`.
    public let key: String
    /// For people: "p"; empty where only programs want it.
    public let label: String
    public let value: Value
    /// Behind the value: "two-sided".
    public let note: String

    init(_ key: String, _ label: String, _ value: Value, note: String = "") {
        (self.key, self.label, self.value, self.note) = (key, label, value, note)
    }

    /// `nil` where there is no number.
    static func number(_ key: String, _ label: String, _ number: Double?, note: String = "")
        -> StatFigure?
    {
        number.map { StatFigure(key, label, .number($0), note: note) }
    }

    static func count(_ key: String, _ label: String, _ count: Int, note: String = "") -> StatFigure
    {
        StatFigure(key, label, .count(count), note: note)
    }

    static func interval(_ key: String, _ label: String, _ interval: Interval?, note: String = "")
        -> StatFigure?
    {
        interval.map { StatFigure(key, label, .interval($0), note: note) }
    }

    static func text(_ key: String, _ label: String, _ text: String) -> StatFigure {
        StatFigure(key, label, .text(text))
    }

    var member: JSONText.Member { .init(key, json) }

    public var json: JSONText {
        switch value {
        case .number(let number): .number(number)
        case .count(let count): JSONText(count)
        case .interval(let interval): [.number(interval.low), .number(interval.high)]
        case .text(let text): .string(text)
        case .flag(let flag): .bool(flag)
        case .numbers(let numbers): .array(numbers.map(JSONText.number))
        case .counts(let counts): .array(counts.map { JSONText($0) })
        }
    }
}
