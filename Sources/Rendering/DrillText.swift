import Messages

/// Rehearsals of ways back.
public enum DrillText {
    /// The drills of one target, the newest last.
    public static func table(_ drills: [DrillRecord]) -> TextTable {
        var table = TextTable("drill>", "started", "to", "result", "took>", "in>", "off>", "what")
        for drill in drills {
            let part = { (value: Double) in
                value > 0 ? "\(Quantity.figure(value, digits: 3)) ms" : "–"
            }
            table.add(
                Painted("\(drill.number)"),
                Painted(Quantity.time(unixMilliseconds: drill.startedUnixMs)),
                Painted(Name.version(drill.releaseNumber)), result(drill.result),
                Painted("\(Quantity.figure(drill.tookMs, digits: 3)) ms"),
                Painted(part(drill.outMs)), Painted(part(drill.backMs)),
                Painted(drill.why + (drill.by.isEmpty ? "" : " (\(drill.by))")))
        }
        return table
    }

    /// The last drill of each target, and when the next one is due.
    public static func table(_ states: [DrillState], now: Int64) -> TextTable {
        var table = TextTable("target", "drills>", "last", "passed", "next", "schedule")
        for state in states {
            let last = state.drills.last
            table.add(
                Painted(state.target, .strong), Painted("\(state.count)"),
                last.map { result($0.result) } ?? Painted("–"),
                Painted(
                    state.lastPassedUnixMs > 0
                        ? Quantity.time(unixMilliseconds: state.lastPassedUnixMs) : "never"),
                next(state, now: now),
                Painted(
                    state.everyMs > 0
                        ? "every \(Quantity.duration(milliseconds: state.everyMs))" : "none"))
        }
        return table
    }

    static func next(_ state: DrillState, now: Int64) -> Painted {
        if state.present > 0 { return Painted("under way, \(state.phase)", .warning) }
        if state.overdue { return Painted("OVERDUE", .bad) }
        guard state.dueUnixMs > 0 else { return Painted("–") }
        let left = state.dueUnixMs - now
        return Painted(left > 0 ? "in \(Quantity.duration(milliseconds: left))" : "due")
    }

    static func result(_ word: String) -> Painted {
        Painted(word, word == "passed" ? .good : word == "failed" ? .bad : .faint)
    }
}

/// What people were to be told.
public enum NoticeText {
    public static func table(_ notices: [NoticeRecord]) -> TextTable {
        var table = TextTable("time", "level", "id", "text", "delivered")
        for notice in notices {
            let ink: Ink =
                switch notice.level {
                case "page": .bad
                case "alert": .warning
                default: .faint
                }
            table.add(
                Painted(Quantity.time(unixMilliseconds: notice.timeUnixMs)),
                Painted(notice.level, ink), Painted(notice.id),
                Painted(notice.text),
                Painted(notice.deliveries.map(sentence).joined(separator: ", ")))
        }
        return table
    }

    public static func table(_ endpoints: [NoticeEndpoint]) -> TextTable {
        var table = TextTable("endpoint", "kind", "from level", "per minute>", "waiting>")
        for endpoint in endpoints {
            table.add(
                Painted(endpoint.name, .strong), Painted(endpoint.kind), Painted(endpoint.least),
                Painted("\(endpoint.perMinute)"), Painted("\(endpoint.waitingCount)"))
        }
        return table
    }

    public static func sentence(_ delivery: NoticeDelivery) -> String {
        let tries = delivery.tries == 1 ? "" : " after \(Quantity.count(delivery.tries)) tries"
        switch delivery.state {
        case "delivered": return delivery.endpoint + tries
        case "given_up": return "\(delivery.endpoint) GIVEN UP\(tries): \(delivery.error)"
        default:
            return "\(delivery.endpoint) waiting"
                + (delivery.error.isEmpty ? "" : "\(tries): \(delivery.error)")
        }
    }
}
