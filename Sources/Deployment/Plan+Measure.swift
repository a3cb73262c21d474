import CairnCore

extension Plan {
    /// A number that a metrics store has for each version, held against a limit.
    ///
    /// Which number is whose is read from the label of the answer and never put into the query: no
    /// query measures the wrong arm.
    public struct Measure: Equatable, Sendable {
        public var query: String
        /// Of the answer's series; its value is a version's number.
        public var label: String
        public var limit: Double
        /// Breaks below the limit instead of above it.
        public var isLeast = false
        /// From one question to the next.
        public var interval: Duration = .seconds(10)
        /// Asks for all points of this time, `resolution` apart; zero: for the present one.
        public var span: Duration = .zero
        public var resolution: Duration = .seconds(15)
        /// Breaks when so many of the `last` values lie beyond the limit.
        public var breaches = 1
        public var last = 1
        /// So many questions in a row may fail before the attempt is blind.
        public var errors = 3

        public init(query: String, label: String, limit: Double) {
            (self.query, self.label, self.limit) = (query, label, limit)
        }

        func isBreached(by value: Double) -> Bool { isLeast ? value < limit : value > limit }

        /// Throws the first rule that a guard of this name breaks.
        public func check(_ name: String) throws(PlanError) {
            guard (1...4_096).contains(query.utf8.count) else {
                throw PlanError("guard \(name): a query has 1 to 4,096 bytes")
            }
            let isName = label.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || $0 == 95
            }
            guard (1...64).contains(label.utf8.count), isName else {
                throw PlanError(
                    "guard \(name): '\(label.prefix(80))' is no label; expected that of the series "
                        + "that holds the version's number, as version")
            }
            guard limit.isFinite else { throw PlanError("guard \(name): the limit is no number") }
            guard interval >= .seconds(1), interval <= .seconds(86_400) else {
                throw PlanError("guard \(name): the interval is from a second to a day")
            }
            guard (1...100).contains(last), (1...last).contains(breaches) else {
                throw PlanError(
                    "guard \(name): expected breaches of 1 up to the last values, and last from 1 to "
                        + "100; not \(breaches) of \(last)")
            }
            guard (1...1_000).contains(errors) else {
                throw PlanError("guard \(name): errors are from 1 to 1,000")
            }
            guard span == .zero || resolution >= .seconds(1) && span <= resolution * 1_000 else {
                throw PlanError(
                    "guard \(name): a range has at most 1,000 points, a second or more apart")
            }
        }
    }
}

// MARK: As text of the log

extension Plan.Measure {
    func write(to line: inout EventLineWriter) {
        line.add("measure", quoted: query)
        line.add("label", quoted: label)
        line.add(isLeast ? "least" : "most", limit)
        line.add("interval", interval.wholeNanoseconds)
        line.add("span", span.wholeNanoseconds)
        line.add("resolution", resolution.wholeNanoseconds)
        line.add("breaches", "\(breaches)/\(last)")
        line.add("errors", errors)
    }

    /// - Returns: `nil` where no measure stands next.
    static func read(_ line: inout EventLineReader) throws(EventTextError) -> Plan.Measure? {
        let query = line.textIfThere("measure")
        if query.isEmpty { return nil }
        let label = try line.text("label")
        let least: Double? = try line.numberIfThere("least")
        let limit: Double = if let least { least } else { try line.number("most") }
        var measure = Plan.Measure(query: query, label: label, limit: limit)
        measure.isLeast = least != nil
        measure.interval = try line.duration("interval")
        measure.span = try line.duration("span")
        measure.resolution = try line.duration("resolution")
        (measure.breaches, measure.last) = try line.value("breaches", "m/n") { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let m = Int(parts[0]), let n = Int(parts[1]) else { return nil }
            return (m, n)
        }
        measure.errors = try line.number("errors")
        return measure
    }
}
