import CairnCore
import Statistics

/// The checks of a way back.
extension Target {
    /// What is shown now, and what is not yet.
    func proof(of wayBack: Attempt.WayBack, _ live: Attempt, at now: Timestamp) -> Proof {
        let plan = live.plan
        var checks = [acknowledgedCheck(wayBack), loadedCheck(wayBack)]
        let requests = requestsCheck(wayBack, plan.rollback, at: now)
        checks.append(requests)
        let hasTraffic = wayBack.after.requests >= max(1, plan.rollback.verifyRequests)
        if requests.state == .met, hasTraffic {
            checks += comparisons(wayBack, plan)
        }
        return Proof(attempt: live.number, epoch: wayBack.epoch, checks: checks)
    }

    private func acknowledgedCheck(_ wayBack: Attempt.WayBack) -> Proof.Check {
        guard !participants.isEmpty else {
            return .init(.acknowledged, .open, "nobody is joined who could serve it")
        }
        let late = laggards()
        guard wayBack.acknowledgedAt != nil, late.isEmpty else {
            return .init(
                .acknowledged, .waiting,
                "an acknowledgement of epoch \(route.epoch) by \(late.joined(separator: ", "))")
        }
        return .init(
            .acknowledged, .met,
            "\(counted(participants.count, "participant")) acknowledged epoch \(wayBack.epoch)")
    }

    private func loadedCheck(_ wayBack: Attempt.WayBack) -> Proof.Check {
        let agents = participants.filter { $0.value.role == .agent }
        guard let to = wayBack.to, !agents.isEmpty else {
            return .init(.loaded, .open, "no agent is joined whose bytes could be asked for")
        }
        let others = agents.filter { $0.value.loadedStable != to.manifest }.keys.sorted()
        guard others.isEmpty else {
            return .init(
                .loaded, .waiting, "\(others.joined(separator: ", ")) to load \(to.manifest.short)")
        }
        return .init(
            .loaded, .met,
            agents.count == 1
                ? "1 agent has loaded \(to.manifest.short)"
                : "\(agents.count) agents have loaded \(to.manifest.short)")
    }

    private func requestsCheck(
        _ wayBack: Attempt.WayBack, _ rules: Plan.Rollback, at now: Timestamp
    ) -> Proof.Check {
        if rules.verifyRequests == 0 {
            return .init(.requests, .open, "the plan asks for no requests")
        }
        let seen = wayBack.after.requests
        if seen >= rules.verifyRequests {
            return .init(.requests, .met, "\(seen) requests, none on the candidate")
        }
        // Silence proves something only where somebody would hear.
        if let acknowledgedAt = wayBack.acknowledgedAt, !hasLaggards, !isWithoutOutcomes, seen == 0,
            now - max(acknowledgedAt, wayBack.lastHitAt ?? acknowledgedAt) >= rules.quiet
        {
            return .init(
                .requests, .open,
                "no traffic for \(rules.quiet.wholeMilliseconds) ms to prove it further")
        }
        var waits = "\(rules.verifyRequests - seen) more requests on stable, or quiet"
        if wayBack.candidateHits > 0 {
            waits =
                "\(wayBack.candidateHits) requests went to the candidate after the way back; "
                + waits
        }
        if isWithoutOutcomes { waits = "outcomes of live requests; " + waits }
        return .init(.requests, .waiting, waits)
    }

    // MARK: Metrics

    /// Whether failures, and the share of slow requests, are no higher than before.
    ///
    /// One-sided two-proportion tests at the plan's alpha, which the two share evenly. Slow is what
    /// takes longer than 95 % of the requests before.
    private func comparisons(_ wayBack: Attempt.WayBack, _ plan: Plan) -> [Proof.Check] {
        let before = wayBack.before
        guard let rate = before.rate, before.requests > 0 else {
            return [
                .init(
                    .failures, .open, "no failure rate from before to compare with")
            ]
        }
        let slow = plan.rules >= 3 ? slowness(wayBack) : nil
        let alpha = slow == nil ? plan.rollback.alpha : plan.rollback.alpha / 2
        // A label may come later than its request: there can be more failures than requests.
        let p = Self.p(
            after: plan.rules >= 3 ? wayBack.after.plausible : wayBack.after,
            before: plan.rules >= 3 ? before.plausible : before)
        var checks = [
            compared(
                .failures, p, alpha, "failures", wayBack.after.rate ?? 0, rate, wayBack.basis)
        ]
        if let slow {
            let p = Self.p(after: slow.after, before: slow.before)
            checks.append(
                compared(
                    .latencies, p, alpha, "requests over \(slow.limit) ms", slow.after.rate ?? 0,
                    slow.before.rate ?? 0, wayBack.basis))
        }
        return checks
    }

    private func compared(
        _ name: Proof.Check.Name, _ p: Double, _ alpha: Double, _ what: String, _ after: Double,
        _ before: Double, _ basis: String
    ) -> Proof.Check {
        let figures = "p \(threeDigits(p)), alpha \(threeDigits(alpha))"
        guard p >= alpha else {
            return .init(
                name, .waiting,
                "\(what) to be as before: \(percent(after)) now, \(percent(before)) \(basis) "
                    + "(\(figures))")
        }
        return .init(
            name, .met,
            "\(what) \(percent(after)) as before (\(percent(before)) \(basis); \(figures))"
        )
    }

    private func slowness(_ wayBack: Attempt.WayBack)
        -> (after: Counts, before: Counts, limit: Int)?
    {
        let (after, before) = (wayBack.latenciesAfter, wayBack.latenciesBefore)
        guard after.total > 0, before.total >= 20, let bucket = before.quantile(0.95) else {
            return nil
        }
        return (
            Counts(requests: after.total, failures: after.count(above: bucket)),
            Counts(requests: before.total, failures: before.count(above: bucket)),
            Int(LatencyBuckets.end(of: bucket).rounded())
        )
    }

    /// How likely so high a rate after is, were both rates one.
    private static func p(after: Counts, before: Counts) -> Double {
        let test = TwoProportionTest(
            successesA: after.failures, trialsA: after.requests, successesB: before.failures,
            trialsB: before.requests)
        return test.p?.greater ?? 1
    }
}

extension Counts {
    fileprivate var plausible: Counts {
        Counts(requests: requests, failures: min(failures, requests))
    }
}
