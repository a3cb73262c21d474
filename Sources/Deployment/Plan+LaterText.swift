import CairnCore

/// What forms of the log after the first have added to a plan. Written where it is not the usual
/// value, so that a plan of the first form keeps its text.
extension Plan {
    func writeLater(to line: inout EventLineWriter) {
        line.add("rollback_ramp", ifThere: rollback.ramp?.eventText)
        if rollback.window != .zero { line.add("window", rollback.window.wholeNanoseconds) }
        if onUnsure != .hold { line.add("on_unsure", onUnsure.rawValue) }
        line.add("deadline", ifThere: deadline?.wholeNanoseconds)
        if onDeadline != .rollBack { line.add("on_deadline", onDeadline.rawValue) }
        for hook in hooks {
            line.add("hook", quoted: hook.name)
            line.add("point", hook.point.rawValue)
            line.add("timeout", hook.timeout.wholeNanoseconds)
            line.add("retries", hook.retries)
            line.add("on_failure", hook.onFailure.rawValue)
        }
        for pin in pins {
            switch pin.match {
            case .key(let text): line.add("pin_key", quoted: text)
            case .prefix(let text): line.add("pin_prefix", quoted: text)
            case .cohort(let name): line.add("pin_cohort", quoted: name)
            }
            line.add("arm", pin.arm.rawValue)
        }
        if rollback.onUnproven != .page { line.add("on_unproven", rollback.onUnproven.rawValue) }
        if let drill {
            line.add("drill_every", drill.every?.wholeNanoseconds ?? 0)
            line.add("drill_limit", drill.limit.wholeNanoseconds)
            line.add("drill_cohort", ifNotEmpty: drill.cohort)
        }
        if rules != 1 { line.add("rules", rules) }
        watch.writeLater(to: &line)
    }

    mutating func readLater(_ line: inout EventLineReader) throws(EventTextError) {
        rollback.ramp = try line.valueIfThere("rollback_ramp", "time*parts") {
            Ramp(eventText: $0)
        }
        rollback.window = try line.durationIfThere("window") ?? .zero
        onUnsure =
            try line.valueIfThere("on_unsure", "a policy", Policy.init(rawValue:)) ?? .hold
        deadline = try line.durationIfThere("deadline")
        onDeadline =
            try line.valueIfThere("on_deadline", "a policy", Blind.init(rawValue:)) ?? .rollBack
        while true {
            let name = line.textIfThere("hook")
            if name.isEmpty { break }
            hooks.append(try Hook(name, &line))
        }
        while let match = Self.match(&line) {
            pins.append(Pin(match, to: try line.value("arm", "an arm", Arm.init(rawValue:))))
        }
        rollback.onUnproven =
            try line.valueIfThere("on_unproven", "a policy", Unproven.init(rawValue:)) ?? .page
        if let every = try line.durationIfThere("drill_every") {
            var rules = DrillRules()
            rules.every = every == .zero ? nil : every
            rules.limit = try line.duration("drill_limit")
            rules.cohort = line.textIfThere("drill_cohort")
            drill = rules
        }
        rules = try line.numberIfThere("rules") ?? 1
        try watch.readLater(&line)
    }

    private static func match(_ line: inout EventLineReader) -> Pin.Match? {
        let key = line.textIfThere("pin_key")
        if !key.isEmpty { return .key(key) }
        let prefix = line.textIfThere("pin_prefix")
        if !prefix.isEmpty { return .prefix(prefix) }
        let cohort = line.textIfThere("pin_cohort")
        return cohort.isEmpty ? nil : .cohort(cohort)
    }
}

extension Plan.Hook {
    fileprivate init(_ name: String, _ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            name: name, point: try line.value("point", "a point", Point.init(rawValue:)))
        timeout = try line.duration("timeout")
        retries = try line.number("retries")
        onFailure = try line.value("on_failure", "a policy", Plan.Policy.init(rawValue:))
    }
}

extension EventLineReader {
    mutating func durationIfThere(_ key: String) throws(EventTextError) -> Duration? {
        let nanoseconds: Int64? = try numberIfThere(key)
        return nanoseconds.map { .nanoseconds($0) }
    }
}
