import func Glibc.log

extension Evidence {
    /// ln e that each e-process guard has to reach now.
    ///
    /// Holm: of K guards that can roll back the one with the most evidence must reach K/alpha, the
    /// next one (K−1)/alpha once the first has, and so on to the first that falls short. Guards that
    /// only observe stand for themselves.
    public func bounds(of plan: Plan) -> [String: Double] {
        var bounds: [String: Double] = [:]
        for item in plan.guards {
            guard let alpha = item.kind.alpha else { continue }
            bounds[item.name] = plan.rules == 1 ? log(plan.bound(alpha: alpha)) : -log(alpha)
        }
        if plan.rules == 1 { return bounds }
        // ln e above the guard's own bound: guards of different alpha have one order.
        let heights = plan.armed.compactMap { item in
            bounds[item.name].map { (name: item.name, height: logEvidence(item, plan) - $0) }
        }.sorted { $0.height > $1.height }
        var left = heights.count
        for (name, height) in heights {
            let share = log(Double(left))
            bounds[name, default: 0] += share
            if height >= share - Self.tie { left -= 1 }
        }
        return bounds
    }

    /// A tie up to rounding counts as reached.
    static let tie = 1e-12

    /// Of the last report's end; the first form took the peak within a report too.
    func logEvidence(_ item: Plan.Guard, _ plan: Plan) -> Double {
        guard let stream = streams[item.name] else { return 0 }
        if plan.rules == 1, case .failures(let events) = stream {
            return events.process.peakLogEvidence
        }
        return stream.logEvidence
    }
}
