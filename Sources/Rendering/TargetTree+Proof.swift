import Messages

/// What was asked for and what came of it: shares, drills, groups.
extension TargetTree {
    /// `observed   4.8 % of 12,400 requests, wanted 5 %`.
    var observed: Tree? {
        guard let share = status.observed, share.requestCount > 0 else { return nil }
        let seen = Double(share.candidateCount) / Double(share.requestCount)
        var line: Painted =
            "\(Painted("observed").padded(9))  \(Quantity.percent(seen), .strong) of "
            + "\(Quantity.count(share.requestCount, of: "request")) went to the candidate"
        if !share.fits {
            line += Painted(
                "  OFF: \(Quantity.percent(share.low)) to \(Quantity.percent(share.high)) expected",
                .bad)
        }
        return Tree(line)
    }

    var group: Tree? {
        guard !status.group.isEmpty else { return nil }
        return Tree(
            "group \(status.group, .strong) allows steps up to \(status.barrier + 1)")
    }

    var drill: Tree? {
        guard let state = status.drill else { return nil }
        var line: Painted = "\("drill", .strong)"
        if let last = state.drills.last {
            line += "  last " + DrillText.result(last.result)
            line += " in \(Quantity.figure(last.tookMs, digits: 3)) ms"
            line += " at \(Quantity.time(unixMilliseconds: last.startedUnixMs))"
        } else {
            line += "  none yet"
        }
        line += ", next " + DrillText.next(state, now: status.nowUnixMs)
        return Tree(line)
    }
}
