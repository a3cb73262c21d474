/// One metric with its samples, as Prometheus scrapes it.
///
/// Names follow the ecosystem: base units in the name (`_seconds`, `_bytes`), `_total` for counters.
/// Source: Prometheus text exposition format 0.0.4.
public struct MetricFamily: Equatable, Sendable {
    public enum Kind: String, Sendable { case counter, gauge }

    public struct Sample: Equatable, Sendable {
        public var labels: [(name: String, value: String)]
        public var value: Double

        public init(_ value: Double, _ labels: [(name: String, value: String)] = []) {
            (self.labels, self.value) = (labels, value)
        }

        public static func == (a: Sample, b: Sample) -> Bool {
            a.value == b.value && a.labels.elementsEqual(b.labels) { $0 == $1 }
        }
    }

    public let name: String
    public let kind: Kind
    /// One sentence.
    public let help: String
    public var samples: [Sample]

    public init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        precondition(Self.isName(name), "'\(name)' is not a metric name")
        (self.name, self.kind, self.help, self.samples) = (name, kind, help, samples)
    }

    public static func counter(_ name: String, _ help: String, _ value: some BinaryInteger) -> Self
    {
        Self(name, .counter, help, [Sample(Double(value))])
    }

    public static func gauge(_ name: String, _ help: String, _ value: some BinaryInteger) -> Self {
        Self(name, .gauge, help, [Sample(Double(value))])
    }

    public static func gauge(_ name: String, _ help: String, _ value: Double) -> Self {
        Self(name, .gauge, help, [Sample(value)])
    }

    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (48...58).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
    }
}

extension Sequence<MetricFamily> {
    /// The whole page.
    public var exposition: String {
        var text = ""
        for family in self {
            text += "# HELP \(family.name) \(family.help.escaped(quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                let labels = sample.labels.map {
                    "\($0.name)=\"\($0.value.escaped(quotes: true))\""
                }
                text += family.name
                if !labels.isEmpty { text += "{\(labels.joined(separator: ","))}" }
                text += " \(sample.value.exposed)\n"
            }
        }
        return text
    }
}

extension String {
    fileprivate func escaped(quotes: Bool) -> String {
        reduce(into: "") { text, letter in
            switch letter {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\"" where quotes: text += "\\\""
            default: text.append(letter)
            }
        }
    }
}

extension Double {
    fileprivate var exposed: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
