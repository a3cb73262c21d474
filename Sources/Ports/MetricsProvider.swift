import CairnCore
import Synchronization

/// A metrics store that answers questions about versions.
public protocol MetricsProvider: Sendable {
    /// One series for each version that it has numbers of, its points oldest first.
    /// - Throws: `MetricsError`.
    func ask(_ question: MetricsQuestion) async throws -> [MetricsSeries]
}

public struct MetricsQuestion: Sendable, Equatable {
    public var query: String
    /// Of the series, names its version.
    public var label: String
    public var at: Timestamp
    /// Back from `at`; zero: the value at that moment only.
    public var span: Duration
    public var resolution: Duration

    public init(
        _ query: String, label: String, at: Timestamp, span: Duration = .zero,
        resolution: Duration = .seconds(15)
    ) {
        (self.query, self.label, self.at) = (query, label, at)
        (self.span, self.resolution) = (span, resolution)
    }
}

public struct MetricsSeries: Sendable, Equatable {
    public struct Point: Sendable, Equatable {
        public var at: Timestamp
        /// May be infinite, and no number at all.
        public var value: Double

        public init(at: Timestamp, value: Double) { (self.at, self.value) = (at, value) }
    }

    public var label: String
    public var points: [Point]

    public init(label: String, points: [Point]) { (self.label, self.points) = (label, points) }
}

/// A metrics store gave no series; the text says why.
public struct MetricsError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// The question itself is wrong and will never be answered.
        case badQuestion
        /// Away, too slow, out of order: the same question may be answered later.
        case unavailable
    }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}

/// A metrics store in memory, for simulations and tests.
public final class MemoryMetrics: MetricsProvider {
    private let answer: Mutex<@Sendable (MetricsQuestion) throws(MetricsError) -> [MetricsSeries]>
    private let asked = Mutex<[MetricsQuestion]>([])

    public init(
        _ answer: @escaping @Sendable (MetricsQuestion) throws(MetricsError) -> [MetricsSeries] = {
            _ in []
        }
    ) { self.answer = Mutex(answer) }

    /// Every question, oldest first.
    public var questions: [MetricsQuestion] { asked.withLock { $0 } }

    public func answers(
        _ answer: @escaping @Sendable (MetricsQuestion) throws(MetricsError) -> [MetricsSeries]
    ) { self.answer.withLock { $0 = answer } }

    public func ask(_ question: MetricsQuestion) throws -> [MetricsSeries] {
        asked.withLock { $0.append(question) }
        return try answer.withLock { $0 }(question)
    }
}
