import CairnCore

/// A plan inside the text of an event. Times in whole nanoseconds.
extension Plan {
    func write(to line: inout EventLineWriter) {
        line.add("steps", steps.map(\.eventText).joined(separator: ","))
        for item in guards {
            line.add("guard", quoted: item.name)
            switch item.kind {
            case .failureRate(let bound, let requestsMin):
                line.add("failure_rate", "\(bound)/\(requestsMin)")
            case .armEProcess(let alpha): line.add("arm_eprocess", alpha)
            case .slowEProcess(let alpha): line.add("slow_eprocess", alpha)
            case .scoreMeans(let alpha, let effect): line.add("score_means", "\(alpha)/\(effect)")
            case .pairedMixture(let alpha): line.add("paired_mixture", alpha)
            case .measured(let measure): measure.write(to: &line)
            }
            line.add("observe", item.observes)
            if item.eventsMin != 0 { line.add("events_min", item.eventsMin) }
            line.add("margin", ifThere: item.margin)
        }
        line.add("watch", watch.duration.wholeNanoseconds)
        line.add("watch_rolls_back", watch.rollsBack)
        line.add("watch_delta", watch.delta)
        line.add("watch_failure_rate", "\(watch.failureRateMax)/\(watch.requestsMin)")
        line.add("rollback_deadline", rollback.deadline.wholeNanoseconds)
        line.add("verify_requests", rollback.verifyRequests)
        line.add("quiet", rollback.quiet.wholeNanoseconds)
        line.add("rollback_alpha", rollback.alpha)
        line.add("ack_deadline", ackDeadline.wholeNanoseconds)
        line.add("preflight_deadline", preflightDeadline.wholeNanoseconds)
        line.add("step_deadline", stepDeadline.wholeNanoseconds)
        line.add("on_busy", onBusy.rawValue)
        line.add("on_inconclusive", onInconclusive.rawValue)
        line.add("on_no_data", onNoData.rawValue)
        line.add("blind_limit", blindLimit.wholeNanoseconds)
        line.add("on_blind", onBlind.rawValue)
        line.add("allow_decrease", allowsDecrease)
        line.add("skip_verdict", skipsVerdict)
        line.add("agents_min", agentsMin)
        line.add("suite", ifNotEmpty: verdictSuite)
        writeLater(to: &line)
    }

    init(_ line: inout EventLineReader) throws(EventTextError) {
        let steps = try line.value("steps", "steps") { text -> [Step]? in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let steps = parts.compactMap(Step.init(eventText:))
            return steps.count == parts.count ? steps : nil
        }
        self.init(steps: steps)
        while true {
            let name = line.textIfThere("guard")
            if name.isEmpty { break }
            guards.append(try Guard(name, &line))
        }
        watch.duration = try line.duration("watch")
        watch.rollsBack = try line.number("watch_rolls_back")
        watch.delta = try line.number("watch_delta")
        (watch.failureRateMax, watch.requestsMin) = try line.value(
            "watch_failure_rate", "rate/requests", rateAndRequests)
        rollback.deadline = try line.duration("rollback_deadline")
        rollback.verifyRequests = try line.number("verify_requests")
        rollback.quiet = try line.duration("quiet")
        rollback.alpha = try line.number("rollback_alpha")
        ackDeadline = try line.duration("ack_deadline")
        preflightDeadline = try line.duration("preflight_deadline")
        stepDeadline = try line.duration("step_deadline")
        onBusy = try line.value("on_busy", "a policy", Busy.init(rawValue:))
        onInconclusive = try line.value("on_inconclusive", "a policy", Inconclusive.init(rawValue:))
        onNoData = try line.value("on_no_data", "a policy", Policy.init(rawValue:))
        blindLimit = try line.duration("blind_limit")
        onBlind = try line.value("on_blind", "a policy", Blind.init(rawValue:))
        allowsDecrease = try line.number("allow_decrease")
        skipsVerdict = try line.number("skip_verdict")
        agentsMin = try line.number("agents_min")
        verdictSuite = line.textIfThere("suite")
        try readLater(&line)
    }
}

private func rateAndRequests(_ text: String) -> (Double, Int)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let rate = Double(parts[0]), let requests = Int(parts[1]) else {
        return nil
    }
    return (rate, requests)
}

private func twoNumbers(_ text: String) -> (Double, Double)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 2, let first = parts[0], let second = parts[1] else { return nil }
    return (first, second)
}

extension EventLineReader {
    mutating func duration(_ key: String) throws(EventTextError) -> Duration {
        .nanoseconds(try number(key) as Int64)
    }
}

extension Plan.Guard {
    fileprivate init(_ name: String, _ line: inout EventLineReader) throws(EventTextError) {
        let kind: Kind
        if let alpha: Double = try line.numberIfThere("arm_eprocess") {
            kind = .armEProcess(alpha: alpha)
        } else if let alpha: Double = try line.numberIfThere("slow_eprocess") {
            kind = .slowEProcess(alpha: alpha)
        } else if let alpha: Double = try line.numberIfThere("paired_mixture") {
            kind = .pairedMixture(alpha: alpha)
        } else if let (alpha, effect) = try line.valueIfThere(
            "score_means", "alpha/effect", twoNumbers)
        {
            kind = .scoreMeans(alpha: alpha, effect: effect)
        } else if let measure = try Plan.Measure.read(&line) {
            kind = .measured(measure)
        } else {
            let (bound, requestsMin) = try line.value(
                "failure_rate", "rate/requests", rateAndRequests)
            kind = .failureRate(bound: bound, requestsMin: requestsMin)
        }
        self.init(name: name, kind: kind, observes: try line.number("observe"))
        eventsMin = try line.numberIfThere("events_min") ?? 0
        margin = try line.numberIfThere("margin")
    }
}
