import Statistics

/// How a service answered. Keeps all latencies: 8 bytes a request.
public struct Serving: Accumulator, Equatable {
    private var parts: [[Double]] = []
    private var errorCount = 0
    /// `nil` once a block had no tokens.
    private var tokenCount: Int? = 0
    /// From the first start to the last end; `nil` once a block had no starts.
    private var span: ClosedRange<Double>?
    private var hasStarts = true

    public init() {}

    /// - Parameters:
    ///   - latencies: of each request, in one unit, 0 or more.
    ///   - failed: whether each request was answered with an error.
    ///   - tokenCounts: of each answer, 0 or more.
    ///   - starts: when each request began, in the latencies' unit from any moment.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        latencies: ColumnView<Double>, failed: ColumnView<Bool>,
        tokenCounts: ColumnView<Int32>? = nil, starts: ColumnView<Double>? = nil
    ) throws(MetricError) {
        let count = latencies.count
        try Inputs.checkSame([
            count, failed.count, tokenCounts?.count ?? count, starts?.count ?? count,
        ])
        for latency in latencies.pointer where !(latency >= 0 && latency.isFinite) {
            throw .invalidInput("a latency is \(latency); expected 0 or more")
        }
        if let tokenCounts, !tokenCounts.pointer.allSatisfy({ $0 >= 0 }) {
            throw .invalidInput("a number of tokens is below 0")
        }
        if let starts { try Inputs.checkFinite(.float64(starts), "the starts") }
        guard count > 0 else { return }
        var part = Serving()
        part.parts = [Array(latencies.pointer)]
        part.errorCount = failed.pointer.count { $0 }
        part.tokenCount = tokenCounts.map { $0.pointer.reduce(0) { $0 + Int($1) } }
        part.hasStarts = starts != nil
        if let starts {
            let ends = zip(starts.pointer, latencies.pointer).map { $0 + $1 }
            part.span = (starts.pointer.min() ?? 0)...(ends.max() ?? 0)
        }
        merge(part)
    }

    public mutating func merge(_ other: Serving) {
        parts += other.parts
        errorCount += other.errorCount
        tokenCount = tokenCount.flatMap { own in other.tokenCount.map { own + $0 } }
        hasStarts = hasStarts && other.hasStarts
        if let own = span, let new = other.span {
            span = min(own.lowerBound, new.lowerBound)...max(own.upperBound, new.upperBound)
        } else {
            span = span ?? other.span
        }
    }

    public var requestCount: Int { parts.reduce(0) { $0 + $1.count } }

    public func requireRequests() throws(MetricError) {
        guard requestCount > 0 else { throw .insufficientData("there is no request") }
    }

    public var meanLatency: Double {
        get throws(MetricError) {
            try requireRequests()
            return parts.joined().exactSum / Double(requestCount)
        }
    }

    public var errorRate: Double {
        get throws(MetricError) {
            try requireRequests()
            return Double(errorCount) / Double(requestCount)
        }
    }

    /// Sorts.
    public func latencies() throws(MetricError) -> Quantiles {
        try requireRequests()
        return Quantiles(Array(parts.joined()))
    }

    /// From the first start to the last end, in the latencies' unit.
    public var wallTime: Double {
        get throws(MetricError) {
            try requireRequests()
            guard hasStarts, let span else {
                throw .insufficientData("it is not known when the requests began")
            }
            return span.upperBound - span.lowerBound
        }
    }

    /// - Parameter wallSeconds: how long all of it took.
    public func requestsPerSecond(wallSeconds: Double) throws(MetricError) -> Double {
        try requireRequests()
        return try Double(requestCount) / Self.checked(wallSeconds)
    }

    public func tokensPerSecond(wallSeconds: Double) throws(MetricError) -> Double {
        try requireRequests()
        guard let tokenCount else {
            throw .insufficientData("the numbers of tokens are not known")
        }
        return try Double(tokenCount) / Self.checked(wallSeconds)
    }

    private static func checked(_ wallSeconds: Double) throws(MetricError) -> Double {
        guard wallSeconds > 0, wallSeconds.isFinite else {
            throw .invalidInput("\(wallSeconds) s went by; expected more than 0")
        }
        return wallSeconds
    }
}
