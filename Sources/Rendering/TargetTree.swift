import CairnCore
import Messages

/// A target as a live tree: what serves, what is on its way, on what evidence, and what it waits
/// for. Knows neither a clock nor a terminal.
public struct TargetTree: Sendable {
    let status: TargetStatus
    /// How long ago the controller said so; clocks that run are drawn so much further.
    private let ageMilliseconds: Int64

    public init(_ status: TargetStatus, ageMilliseconds: Int64 = 0) {
        (self.status, self.ageMilliseconds) = (status, max(0, ageMilliseconds))
    }

    private var now: Int64 { status.nowUnixMs + ageMilliseconds }
    private var clocksRun: Bool { !status.paused && !status.blind }

    public func lines(width: Int) -> [Painted] {
        let parts: [Tree?] = [
            arm("stable", status.stable, .good), arm("candidate", status.candidate, .warning),
            observed, steps,
            guards, group, hooks, participants, timer, waiting, freezes, quarantine, drill,
            lastRollback, events,
        ]
        return heading(width: width)
            + Array(Tree("", parts.compactMap { $0 }).lines(width: width).dropFirst())
    }

    private func heading(width: Int) -> [Painted] {
        var first: Painted =
            "\(status.target, .strong)  \(status.model)  \(TargetState(status).painted)"
        for (flag, isSet) in [
            ("PAUSED", status.paused), ("FROZEN", status.frozen), ("BLIND", status.blind),
        ] where isSet {
            first += "  \(flag, .warning)"
        }
        var facts = "epoch \(status.epoch)  revision \(status.revision)"
        if status.attempt > 0 { facts = "attempt \(status.attempt)  " + facts }
        let tail = Painted("  " + facts, .faint)
        let fits = first.count + tail.count <= width
        let head =
            fits
            ? [first.padded(width - tail.count) + tail] : first.wrapped(width) + [tail.cut(width)]
        return head + (status.why.isEmpty ? [] : Painted(status.why).wrapped(width))
    }

    private func arm(_ name: String, _ arm: Arm?, _ ink: Ink) -> Tree? {
        guard let arm else { return nil }
        let share = Painted(Quantity.percent(basisPoints: arm.weightBp)).padded(7, toRight: true)
        return Tree(
            "\(Painted(name).padded(9))  \(Painted(Name.version(arm.number), .strong).padded(10)) "
                + share + "  " + Bar.blocks(Double(arm.weightBp) / 10_000, width: 20, ink))
    }

    private var steps: Tree? {
        guard !status.steps.isEmpty else { return nil }
        return Tree(
            Painted("steps", .strong),
            status.steps.enumerated().map { Tree(step($1, number: $0 + 1)) })
    }

    private func step(_ step: StepStatus, number: Int) -> Painted {
        let (mark, ink): (String, Ink) =
            switch step.state {
            case "done": ("✓", .good)
            case "waiting": ("·", .faint)
            default: ("▶", .warning)
            }
        var line: Painted = "\(mark, ink) \(Painted("\(number)").padded(2, toRight: true)) "
        line += Painted(Quantity.percent(basisPoints: step.weightBp)).padded(7, toRight: true)
        line += "  " + Painted(step.state, ink).padded(8)
        if !["", "shift"].contains(step.kind) { line += "  " + Painted(step.kind) }
        if step.rampParts > 0 { line += "  part \(step.rampPart) of \(step.rampParts)" }
        guard step.state == "baking" else { return line }
        let baked = Int64(clamping: step.bakedMs) + (clocksRun ? ageMilliseconds : 0)
        if step.bakeMs > 0 {
            let fraction = Double(baked) / Double(step.bakeMs)
            line += "  " + Bar.blocks(fraction, width: 12, .good)
            line +=
                "  \(Quantity.duration(milliseconds: baked)) of \(Quantity.duration(milliseconds: step.bakeMs))"
        }
        if step.bakeRequests > 0 {
            line +=
                "  \(Quantity.count(step.bakedRequests)) of \(Quantity.count(step.bakeRequests, of: "request"))"
        }
        return line
    }

    private var participants: Tree? {
        guard !status.participants.isEmpty else { return nil }
        let width = status.participants.map(\.name.count).max() ?? 0
        return Tree(
            Painted("participants", .strong),
            status.participants.map { Tree(participant($0, nameWidth: min(width, 24))) })
    }

    private func participant(_ participant: ParticipantStatus, nameWidth: Int) -> Painted {
        var line: Painted =
            "\(Painted(String(describing: participant.role)).padded(6))  \(Painted(participant.name).padded(nameWidth))"
        line += "  epoch \(participant.epoch)"
        if participant.epoch < status.epoch { line += Painted(" of \(status.epoch)", .warning) }
        if participant.role == .agent, participant.connected {
            let loaded = [
                (participant.loadsStable, "stable"), (participant.loadsCandidate, "candidate"),
            ].filter(\.0).map(\.1)
            if !loaded.isEmpty { line += "  serves \(loaded.joined(separator: ", "))" }
        }
        if !participant.connected { line += Painted("  away", .bad) }
        let held = [
            (participant.holdsStable, "stable"), (participant.holdsCandidate, "candidate"),
        ].filter(\.0).map(\.1)
        if !held.isEmpty { line += "  holds \(held.joined(separator: ", "))" }
        if !participant.problem.isEmpty { line += Painted("  " + participant.problem, .bad) }
        return line
    }

    private var timer: Tree? {
        guard status.nextTimerUnixMs > 0 else { return nil }
        let left = status.nextTimerUnixMs - now
        let at = Quantity.timeOfDay(unixMilliseconds: status.nextTimerUnixMs)
        if !clocksRun { return Tree("next decision when the clocks go on") }
        let text = left > 0 ? "in \(Quantity.duration(milliseconds: left))" : "now"
        return Tree("next decision \(text, .strong), at \(at)")
    }

    private var waiting: Tree? {
        guard !status.waitingFor.isEmpty else { return nil }
        return Tree(Painted("waiting for", .strong), status.waitingFor.map { Tree(Painted($0)) })
    }

    private var quarantine: Tree? {
        guard !status.quarantine.isEmpty else { return nil }
        return Tree(
            Painted("quarantine", .strong),
            status.quarantine.map { entry in
                Tree(
                    "\(Name.version(entry.number), .bad) since "
                        + "\(Quantity.time(unixMilliseconds: entry.sinceUnixMs)): \(entry.why)")
            })
    }

    private var lastRollback: Tree? {
        guard let record = status.lastRollback else { return nil }
        return Tree(
            Painted("last rollback", .strong),
            RollbackText.sentences(of: record).map { Tree(Painted($0)) })
    }

    private var events: Tree? {
        guard !status.lastEvents.isEmpty else { return nil }
        return Tree(
            Painted("events", .strong),
            status.lastEvents.suffix(6).map { Tree(Painted($0, .faint)) })
    }
}
