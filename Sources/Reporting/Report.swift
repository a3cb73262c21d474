import Messages

/// What a report is about: one version, or a range of them, on the suites of a model.
public struct Report: Sendable {
    /// One version on one suite.
    public struct Subject: Sendable {
        public var record: EvaluationRecord
        /// `nil` where the evaluation is not done, or older than details are kept.
        public var details: EvaluationDetails?
        /// With what it is held against as a; `nil` where there is nothing.
        public var comparison: Comparison?

        public init(
            _ record: EvaluationRecord, details: EvaluationDetails? = nil,
            comparison: Comparison? = nil
        ) {
            (self.record, self.details, self.comparison) = (record, details, comparison)
        }
    }

    public struct Suite: Sendable {
        public var name: String
        /// In the order of version numbers; one or more.
        public var subjects: [Subject]
        /// Results on the same data set, one for each version, in the order of version numbers.
        public var history: [EvaluationRecord]
        /// What could not be fetched, in sentences.
        public var gaps: [String] = []

        public init(_ name: String, subjects: [Subject], history: [EvaluationRecord]) {
            precondition(!subjects.isEmpty, "a suite without a version has no report")
            (self.name, self.subjects, self.history) = (name, subjects, history)
        }

        var last: Subject { subjects[subjects.count - 1] }
        var isRange: Bool { subjects.count > 1 }
    }

    public var model: String
    /// `1.0.0`, or the first of a range.
    public var from: String
    /// The same for a single version.
    public var to: String
    public var suites: [Suite]
    public var madeUnixMs: Int64
    /// "cairn 0.2.0".
    public var program: String

    public init(
        model: String, from: String, to: String, suites: [Suite], madeUnixMs: Int64, program: String
    ) {
        (self.model, self.from, self.to, self.suites) = (model, from, to, suites)
        (self.madeUnixMs, self.program) = (madeUnixMs, program)
    }
}
