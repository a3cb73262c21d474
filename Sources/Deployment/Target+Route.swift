import CairnCore

/// What shall be served, and who has not put it in force yet.
extension Target {
    /// Participants that have not put the present route in force.
    func laggards() -> [String] {
        participants.filter { isLaggard($0.value) }.keys.sorted()
    }

    /// Ends at the first one: it is asked after every acknowledgement.
    var hasLaggards: Bool { participants.contains { isLaggard($0.value) } }

    private func isLaggard(_ participant: Participant) -> Bool {
        guard participant.epoch >= route.epoch, participant.problem.isEmpty else { return true }
        return participant.role == .agent && participant.loadedStable != route.stable?.manifest
    }

    /// What shall be served: computed whole from the state, never patched.
    func desiredRoute() -> Route {
        var desired = Route()
        desired.fencingToken = route.fencingToken
        desired.stable = stable
        // A way back that could not be verified goes on: what is reported must still be its.
        if let live = attempt, live.isLive || live.phase == .failedRollback {
            desired.attempt = live.number
            switch live.phase {
            case .preflight: desired.candidate = live.release
            case .step(let index, _):
                desired.candidate = live.release
                desired.weight = live.weight ?? .zero
                desired.mirror = live.plan.steps[index].mirror
                desired.baseline = live.plan.steps[index].baseline
                desired.pins = live.plan.pins
            case .watching: desired.reference = live.reference?.columns ?? []
            case .rollingBack:
                guard let place = live.wayBack?.ramp, let ramp = live.plan.rollback.ramp else {
                    break
                }
                desired.candidate = live.release
                desired.weight = ramp.weight(from: place.from, to: .zero, part: place.part)
            case .queued, .promoted, .rolledBack, .aborted, .superseded, .rejected,
                .failedRollback:
                break
            }
        }
        if let drill, drill.phase == .out, mayDrill {
            desired.candidate = drill.release
            desired.pins = drill.pins
        }
        let wayBack = [
            attempt?.isBusy == true ? attempt?.from : nil, wayBackFromHere,
            proven.last { $0 != stable },
        ]
        desired.keep = ([stable, desired.candidate] + wayBack).compactMap { $0?.manifest }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        return desired
    }

    mutating func publish(_ change: inout Change, at now: Timestamp) {
        var desired = desiredRoute()
        (desired.epoch, desired.changedAt) = (route.epoch, route.changedAt)
        guard desired != route else { return }
        desired.epoch = route.epoch + 1
        desired.changedAt = now
        route = desired
        epochs[desired.epoch] = EpochRecord(
            attempt: desired.attempt, weight: desired.weight, baseline: desired.baseline,
            mirror: desired.mirror, stable: desired.stable?.manifest,
            candidate: desired.candidate?.manifest)
        if desired.epoch > UInt64(Limits.epochs) {
            epochs[desired.epoch - UInt64(Limits.epochs)] = nil
        }
        change.effects.append(.publish(desired))
    }

    /// What serves, or is a way back, is never collected.
    mutating func bringPinsInLine(_ change: inout Change) {
        let wanted = Set(route.keep + proven.map(\.manifest))
        for digest in wanted.subtracting(pinned).sorted() {
            change.effects.append(.pin(digest, why: "serves on \(name), or is its way back"))
        }
        for digest in pinned.subtracting(wanted).sorted() { change.effects.append(.unpin(digest)) }
        pinned = wanted
    }
}
