import CairnCore
import Deployment

/// Something that people are told once, written in the transaction that made it true.
public struct Notice: Equatable, Sendable {
    public enum Level: String, Equatable, Sendable, CaseIterable, Comparable {
        case info, alert, page
        /// Somebody tries an endpoint out.
        case test

        public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
        private var rank: Int {
            switch self {
            case .info: 0
            case .alert: 1
            case .page: 2
            case .test: 3
            }
        }

        /// As the text of an effect says it.
        public init(of text: String) {
            self =
                text.contains(": PAGE: ") ? .page : text.contains(": ALERT: ") ? .alert : .info
        }
    }

    /// The place in the log, the same at every try: `prod/chat#17.0`.
    public var id: String
    /// Empty where it is of no target.
    public var target: String
    public var level: Level
    public var text: String
    public var time: Timestamp
    /// Who is told.
    public var endpoints: [String]

    public init(
        id: String, target: String, level: Level, text: String, time: Timestamp,
        endpoints: [String]
    ) {
        (self.id, self.target, self.level, self.text) = (id, target, level, text)
        (self.time, self.endpoints) = (time, endpoints)
    }
}

/// Where notices go.
public struct NoticeEndpoint: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// A POST of the notice as JSON.
        case webhook(url: String, headers: [HTTPRequest.Header])
        /// A POST as chat programs take it: `{"text": …}`.
        case slack(url: String)
        /// A program, looked up in `PATH`, with its arguments; the notice is in its environment.
        case command([String])

        public var word: String {
            switch self {
            case .webhook: "webhook"
            case .slack: "slack"
            case .command: "command"
            }
        }
    }

    public var name: String
    public var kind: Kind
    /// Told from this level on.
    public var least: Notice.Level
    /// Tries that fail count too.
    public var perMinute: Int
    /// Of one try.
    public var timeout: Duration

    public init(
        name: String, kind: Kind, least: Notice.Level = .info, perMinute: Int = 30,
        timeout: Duration = .seconds(10)
    ) {
        (self.name, self.kind, self.least) = (name, kind, least)
        (self.perMinute, self.timeout) = (perMinute, timeout)
    }
}

/// A notice on its way to one endpoint.
public struct NoticeDelivery: Equatable, Sendable {
    public enum State: String, Equatable, Sendable { case waiting, delivered, givenUp = "given_up" }

    public var endpoint: String
    public var state: State
    public var tries: Int
    /// Of the last try that failed; empty: none has.
    public var error: String
    /// While it waits: when it is tried; else when it was delivered or given up.
    public var moment: Timestamp

    public init(
        endpoint: String, state: State, tries: Int = 0, error: String = "", moment: Timestamp
    ) {
        (self.endpoint, self.state, self.tries) = (endpoint, state, tries)
        (self.error, self.moment) = (error, moment)
    }
}

/// The notices of a service, as their courier and people see them. Rows are added by the service's
/// own store, in the transaction of the log.
public protocol NoticeStore: Sendable {
    /// The most urgent one that waits and may be tried at `time`: by level, then by age.
    func next(for endpoint: String, at time: Timestamp) throws -> (Notice, NoticeDelivery)?
    /// When the next one that waits may be tried; `nil`: none waits.
    func nextMoment(for endpoint: String) throws -> Timestamp?
    /// Durable when it returns.
    func put(_ delivery: NoticeDelivery, of id: String) throws
    /// The newest first.
    func notices(limit: Int, undeliveredOnly: Bool) throws -> [(Notice, [NoticeDelivery])]
    func count(_ state: NoticeDelivery.State, endpoint: String?) throws -> Int
}

/// How long notices are kept once nobody waits for them, and tried while somebody does.
public enum NoticeLimits {
    public static let age = Duration.seconds(30 * 86_400)
    public static let trying = Duration.seconds(86_400)
}
