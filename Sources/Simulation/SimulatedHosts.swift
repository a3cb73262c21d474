import CairnCore
import Deployment

/// A router or an agent: remembers the newest table, and reports what requests came to.
struct SimulatedHost {
    let role: Event.Role
    var route = Route()
    var sequence: UInt64 = 0
    var lastReport: Event.Outcomes?
    /// Users' requests so far.
    var requestCount = 0
}

extension World {
    func join(_ name: String) {
        guard let host = hosts[name] else { return }
        send(.join(name, host.role), touching: .controller)
    }

    func receiveTable(_ name: String, _ route: Route) {
        guard var host = hosts[name] else { return }
        let isNewer = route.epoch >= host.route.epoch
        guard isNewer || settings.mutant == .carelessRouter else { return }
        if route.epoch < host.route.epoch {
            violate("I10: \(name) went back from epoch \(host.route.epoch) to \(route.epoch)")
        }
        host.route = route
        hosts[name] = host
        promises.checkTurnedBack(route, name).map(violate)
        send(
            .acknowledge(
                name,
                Event.Acknowledgement(
                    epoch: route.epoch, held: route.keep,
                    loadedStable: route.stable?.manifest,
                    loadedCandidate: route.candidate?.manifest)), touching: .controller)
    }

    /// Requests of a moment, split by the table that is in force here; a report may be repeated.
    func serveTraffic(_ name: String) {
        after(50...150, .traffic(name))
        guard var host = hosts[name] else { return }
        // Acknowledgements are repeated, as a connection that was cut would.
        if host.route.epoch > 0 { receiveTable(name, host.route) }
        guard host.role == .router, host.route.stable != nil else { return }
        if let last = host.lastReport, Int.random(in: 0..<4, using: &random) == 0 {
            send(.outcomes(last), touching: .controller)
        }
        var counts: [Arm: Event.Outcomes.Count] = [:]
        for _ in 0..<30 {
            host.requestCount += 1
            let key = Array("\(name) \(host.requestCount)".utf8)
            let arm = StickyRouting.arm(
                for: key, attempt: host.route.attempt, weight: host.route.weight,
                baseline: host.route.baseline)
            guard let release = host.route.release(of: arm) else {
                violate("\(name) sends a request to no version")
                return
            }
            let rate = Self.isBad(release.manifest) ? 40 : 2
            let failed = Int.random(in: 0..<100, using: &random) < rate
            var count =
                counts[arm]
                ?? .init(epoch: host.route.epoch, arm: arm, requests: 0, failures: 0)
            count.requests += 1
            count.failures += failed ? 1 : 0
            counts[arm] = count
        }
        host.sequence += 1
        let report = Event.Outcomes(
            reporter: name, incarnation: 1, sequence: host.sequence,
            counts: Arm.allCases.compactMap { counts[$0] })
        host.lastReport = report
        hosts[name] = host
        send(.outcomes(report), touching: .controller)
    }
}
