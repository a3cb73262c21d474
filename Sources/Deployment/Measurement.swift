import CairnCore

/// What a metrics store answered to a guard's question.
public struct Measurement: Equatable, Sendable {
    /// One moment's numbers.
    public struct Point: Equatable, Sendable {
        public var at: Timestamp
        public var candidate: Double
        /// For people: the limit alone decides.
        public var stable: Double?

        public init(at: Timestamp, candidate: Double, stable: Double? = nil) {
            (self.at, self.candidate, self.stable) = (at, candidate, stable)
        }
    }

    public enum Answer: Equatable, Sendable {
        /// Finite numbers, oldest first, at least one.
        case points([Point])
        /// It answered, and has no number of the candidate: never "zero errors".
        case noData(String)
        /// It did not answer, or not as asked.
        case failed(String)
    }

    public var guardName: String
    public var attempt: UInt64
    public var answer: Answer

    public init(guardName: String, attempt: UInt64, _ answer: Answer) {
        (self.guardName, self.attempt, self.answer) = (guardName, attempt, answer)
    }
}

/// What one guard has been answered in one attempt.
public struct MeasureRecord: Equatable, Sendable {
    /// The newest values, oldest first; as many as the guard looks at.
    public private(set) var recent: [Measurement.Point] = []
    /// Of the present step, behind its warm-up.
    public private(set) var count = 0
    /// In a row.
    public private(set) var errors = 0
    public private(set) var lastError = ""
    /// Why there was no number at the last answer; empty: there was.
    public private(set) var silence = ""
    /// Points of before say nothing of this step.
    private var since: Timestamp?
    private var lastAt: Timestamp?

    public init() {}

    mutating func beginStep() { (count, since, recent) = (0, nil, []) }

    /// - Parameter isJudged: not shifting nor warming.
    /// - Returns: whether anything was learned.
    mutating func take(
        _ answer: Measurement.Answer, _ measure: Plan.Measure, isJudged: Bool, at now: Timestamp
    ) -> Bool {
        let before = self
        switch answer {
        case .failed(let why):
            // Beyond the budget one more says nothing new, and fills no log.
            errors = min(errors + 1, measure.errors)
            if errors != before.errors { lastError = why }
        case .noData(let why): (errors, lastError, silence) = (0, "", why)
        case .points(let points):
            (errors, lastError, silence) = (0, "", "")
            guard isJudged else { break }
            let start = since ?? now - measure.interval
            if since == nil { since = start }
            for point in points where point.at >= start && point.at > lastAt ?? start - .seconds(1)
            {
                recent.append(point)
                lastAt = point.at
                count += 1
            }
            recent = Array(recent.suffix(measure.last))
        }
        return self != before
    }

    /// How many of the newest values lie beyond the limit.
    func breaches(of measure: Plan.Measure) -> Int {
        recent.count { measure.isBreached(by: $0.candidate) }
    }
}

// MARK: As text of the log

extension Measurement {
    func write(to line: inout EventLineWriter) {
        line.add("guard", quoted: guardName)
        line.add("attempt", attempt)
        switch answer {
        case .points(let points):
            let texts = points.map { point in
                "\(point.at.nanoseconds)/\(point.candidate)"
                    + (point.stable.map { "/\($0)" } ?? "")
            }
            line.add("points", texts.joined(separator: ","))
        case .noData(let why): line.add("no_data", quoted: why)
        case .failed(let why): line.add("failed", quoted: why)
        }
    }

    init(_ line: inout EventLineReader) throws(EventTextError) {
        let (name, attempt) = (try line.text("guard"), try line.number("attempt") as UInt64)
        let points = try line.valueIfThere("points", "moment/value") { text -> [Point]? in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let points = parts.compactMap(Self.point)
            return points.count == parts.count ? points : nil
        }
        if let points {
            self.init(guardName: name, attempt: attempt, .points(points))
            return
        }
        let silence = line.textIfThere("no_data")
        let answer: Answer =
            silence.isEmpty ? .failed(try line.text("failed")) : .noData(silence)
        self.init(guardName: name, attempt: attempt, answer)
    }

    private static func point(_ text: Substring) -> Point? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let at = Int64(parts[0]),
            let candidate = Double(parts[1])
        else { return nil }
        let stable = parts.count == 3 ? Double(parts[2]) : nil
        guard parts.count == 2 || stable != nil else { return nil }
        return Point(at: Timestamp(nanoseconds: at), candidate: candidate, stable: stable)
    }
}
