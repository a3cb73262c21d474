extension Event.Outcomes {
    func write(to line: inout EventLineWriter) {
        line.add("reporter", quoted: reporter)
        line.add("incarnation", incarnation)
        line.add("sequence", sequence)
        Self.add("counts", counts.map(\.eventText), to: &line)
        Self.add("pairs", pairs.map { "\($0.epoch):\($0.wins):\($0.losses)" }, to: &line)
        Self.add("histograms", histograms.map(\.eventText), to: &line)
    }

    private static func add(_ key: String, _ parts: [String], to line: inout EventLineWriter) {
        if !parts.isEmpty { line.add(key, parts.joined(separator: ",")) }
    }

    init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            reporter: try line.text("reporter"), incarnation: try line.number("incarnation"),
            sequence: try line.number("sequence"),
            counts: try line.list(
                "counts", "epoch:arm:requests:failures", Count.init(eventText:)),
            pairs: try line.list("pairs", "epoch:wins:losses", Pairs.init(eventText:)),
            histograms: try line.list(
                "histograms", "epoch:arm:column:counts", Histogram.init(eventText:)))
    }
}

extension EventLineReader {
    fileprivate mutating func list<Item>(
        _ key: String, _ what: String, _ read: (Substring) -> Item?
    ) throws(EventTextError) -> [Item] {
        try valueIfThere(key, what) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let items = parts.compactMap(read)
            return items.count == parts.count ? items : nil
        } ?? []
    }
}

extension Event.Outcomes.Count {
    /// epoch:arm:requests:failures, then what later forms have added: `:s` with count*sum of scores,
    /// `:l` with bucket*count of latencies, + between them.
    fileprivate var eventText: String {
        var text = "\(epoch):\(arm.rawValue):\(requests):\(failures)"
        if scores.count > 0 { text += ":s\(scores.count)*\(scores.sum)" }
        let buckets = latencies.counts.sorted { $0.key < $1.key }
        if !buckets.isEmpty {
            text += ":l" + buckets.map { "\($0.key)*\($0.value)" }.joined(separator: "+")
        }
        return text
    }

    fileprivate init?(eventText text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 4, let epoch = UInt64(parts[0]),
            let arm = Arm(rawValue: String(parts[1])),
            let requests = Int(parts[2]), let failures = Int(parts[3])
        else { return nil }
        self.init(epoch: epoch, arm: arm, requests: requests, failures: failures)
        for part in parts[4...] where !takeLater(part) { return nil }
    }

    private mutating func takeLater(_ text: Substring) -> Bool {
        let rest = text.dropFirst()
        switch text.first {
        case "s":
            let halves = rest.split(separator: "*", omittingEmptySubsequences: false)
            guard halves.count == 2, let count = Int(halves[0]), let sum = Double(halves[1])
            else { return false }
            scores = ScoreSum(count: count, sum: sum)
        case "l":
            for item in rest.split(separator: "+", omittingEmptySubsequences: false) {
                let halves = item.split(separator: "*", omittingEmptySubsequences: false)
                guard halves.count == 2, let bucket = Int(halves[0]), let count = Int(halves[1]),
                    latencies.add(count, in: bucket)
                else { return false }
            }
        default: return false
        }
        return true
    }
}

extension Event.Outcomes.Pairs {
    fileprivate init?(eventText text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let epoch = UInt64(parts[0]), let wins = Int(parts[1]),
            let losses = Int(parts[2])
        else { return nil }
        self.init(epoch: epoch, wins: wins, losses: losses)
    }
}

extension Event.Outcomes.Histogram {
    fileprivate var eventText: String {
        "\(epoch):\(arm.rawValue):\(column):"
            + counts.map(\.description).joined(separator: "+")
    }

    fileprivate init?(eventText text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, let epoch = UInt64(parts[0]),
            let arm = Arm(rawValue: String(parts[1])), let column = Int(parts[2])
        else { return nil }
        let cells = parts[3].split(separator: "+", omittingEmptySubsequences: false)
        let counts = cells.compactMap { Int($0) }
        guard counts.count == cells.count else { return nil }
        self.init(epoch: epoch, arm: arm, column: column, counts: counts)
    }
}
