import CairnCore
import Deployment
import Routing

/// Requests of a moment, split as the real routers do, and what they came to.
extension World {
    private static let requestsOfAMoment = 12
    private static let staff = Array("staff".utf8)

    func serveTraffic(_ index: Int) {
        guard let table = hosts[index].gate.table, table.stable != nil else { return }
        if let last = hosts[index].lastReport, chance(of: 1, in: 6) { report(last, index) }
        var counts = [Event.Outcomes.Count?](repeating: nil, count: Deployment.Arm.allCases.count)
        var (wins, losses) = (0, 0)
        for _ in 0..<Self.requestsOfAMoment {
            guard let arm = arm(of: index, table) else { continue }
            count(arm, table, &counts)
            if arm == .stable, table.mirror > .zero, chance(of: table.mirror.value, in: 10_000) {
                count(.mirror, table, &counts)
                switch Int.random(in: 0..<10, using: &random) {
                case 0: wins += 1
                case 1: losses += answersBadly(.mirror, table) ? 3 : 1
                default: break
                }
            }
        }
        hosts[index].sequence += 1
        let report = Event.Outcomes(
            reporter: hosts[index].name, incarnation: hosts[index].incarnation,
            sequence: hosts[index].sequence, counts: counts.compactMap { $0 },
            pairs: wins + losses > 0
                ? [.init(epoch: table.epoch, wins: wins, losses: losses)] : [])
        hosts[index].lastReport = report
        self.report(report, index)
    }

    private func report(_ report: Event.Outcomes, _ index: Int) {
        send(
            .fact(.outcomes(report), host: index, connection: hosts[index].connection),
            to: Node(controller: hosts[index].controller))
    }

    /// `nil` for a pinned request: it is no evidence.
    private func arm(of index: Int, _ table: ServingTable) -> Deployment.Arm? {
        hosts[index].requestCount += 1
        let number = hosts[index].requestCount
        if !table.pins.isEmpty, number % 16 == 0 {
            if let pinned = table.pinned(Self.staff, cohorts: ["inside"]), pinned.isPinned {
                return nil
            }
        }
        let weight = table.candidate?.weight ?? .zero
        if weight == .zero, table.baseline == .zero { return .stable }
        let key = number &* 31 &+ UInt64(index)
        return withUnsafeBytes(of: key) { bytes in
            StickyRouting.arm(
                for: bytes, attempt: table.attempt, weight: weight, baseline: table.baseline)
        }
    }

    private func answersBadly(_ arm: Deployment.Arm, _ table: ServingTable) -> Bool {
        switch arm {
        case .stable, .baseline: table.stable.map { Self.isBad($0.manifest) } ?? false
        case .candidate, .mirror: table.candidate.map { Self.isBad($0.manifest) } ?? false
        }
    }

    private func count(
        _ arm: Deployment.Arm, _ table: ServingTable, _ counts: inout [Event.Outcomes.Count?]
    ) {
        let place = Deployment.Arm.allCases.firstIndex(of: arm)!
        let isBad = answersBadly(arm, table)
        var count =
            counts[place] ?? .init(epoch: table.epoch, arm: arm, requests: 0, failures: 0)
        count.requests += 1
        let dice = random.next()
        if dice % 100 < (isBad ? 40 : 2) { count.failures += 1 }
        // Some hosts measure no more than whether it failed.
        if (dice >> 8) % 4 == 0 {
            let bucket = (isBad ? 200 : 190) + Int((dice >> 16) % 8)
            _ = count.latencies.add(1, in: bucket)
            let score = Double((dice >> 24) % 64) / 64
            count.scores.count += 1
            count.scores.sum += isBad ? score - 0.5 : score
        }
        counts[place] = count
    }

    /// A version that is worse than others: the same in the evaluator's eyes and live, now and then.
    static func isBad(_ manifest: Digest) -> Bool { manifest.firstByte % 5 == 0 }
}

extension Digest {
    /// Of its bytes, without making them.
    fileprivate var firstByte: UInt8 {
        let copy = self
        return withUnsafeBytes(of: copy) { $0[0] }
    }
}
