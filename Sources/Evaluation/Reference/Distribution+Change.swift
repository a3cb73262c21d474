import Statistics

extension Distribution {
    /// How another one of the same kind differs, in a few words; empty where one has no values.
    /// - Parameter isMissing: whether the share of missing values is what changed.
    func change(to live: Distribution, isMissing: Bool) -> String {
        var words: [String] = []
        switch (content, live.content) {
        case (.numbers(let a, _, _, _), .numbers(let b, _, _, _)):
            if let change = Self.quantile(a, b) { words.append(change) }
        case (.categories(let a), .categories(let b)):
            if let change = Self.share(a, b) { words.append(change) }
        case (.numbers, _), (.categories, _), (.vector, _): break
        }
        if isMissing {
            words.append("missing \(missingShare.percent) → \(live.missingShare.percent)")
        }
        return words.joined(separator: ", ")
    }

    private var missingShare: Double {
        Double(missingCount) / Double(max(1, count + missingCount))
    }

    /// The median or the tail that moved furthest through the reference's ranks.
    private static func quantile(_ a: WeightedSample, _ b: WeightedSample) -> String? {
        guard a.count > 0 else { return nil }
        var furthest: (text: String, ranks: UInt)?
        for (name, p) in [("median", 0.5), ("5 %", 0.05), ("95 %", 0.95)] {
            guard let from = a.quantile(p), let to = b.quantile(p) else { continue }
            let ranks = (a.count(atMost: to) - a.count(atMost: from)).magnitude
            // The median, unless a tail moved much further.
            if let known = furthest, 2 * known.ranks >= ranks { continue }
            furthest = ("\(name) \(from.text(digits: 3)) → \(to.text(digits: 3))", ranks)
        }
        return furthest?.text
    }

    /// The name whose share changed most.
    private static func share(_ a: Categories, _ b: Categories) -> String? {
        guard a.count > 0, b.count > 0 else { return nil }
        let shares = { (name: String) in
            (
                from: Double(a.counts[name] ?? 0) / Double(a.count),
                to: Double(b.counts[name] ?? 0) / Double(b.count)
            )
        }
        let names = a.names + b.names.filter { a.counts[$0] == nil }
        var most: (name: String, from: Double, to: Double)?
        for name in names {
            let (from, to) = shares(name)
            let isMore = (to - from).magnitude > ((most?.to ?? 0) - (most?.from ?? 0)).magnitude
            if most == nil || isMore { most = (name, from, to) }
        }
        return most.map {
            "\(String($0.name.prefix(40))) \($0.from.percent) → \($0.to.percent)"
        }
    }
}

extension Double {
    fileprivate var percent: String { self == 0 ? "0 %" : (self * 100).text(digits: 3) + " %" }
}
