import CairnCore

extension Event {
    static func read(_ line: inout EventLineReader) throws(EventTextError) -> Event {
        if let request = try readRequest(&line) { return request }
        switch line.word {
        case "verdict":
            return .verdict(
                manifest: try line.digest("manifest"),
                try line.value("verdict", "a verdict", Verdict.init(rawValue:)),
                why: line.textIfThere("why"))
        case "reference":
            return .reference(
                attempt: try line.number("attempt"), try Reference(&line))
        case "joined":
            return .joined(
                name: try line.text("name"),
                role: try line.value("role", "router or agent", Role.init(rawValue:)))
        case "acknowledged":
            return .acknowledged(name: try line.text("name"), try Acknowledgement(&line))
        case "disconnected": return .disconnected(name: try line.text("name"))
        case "left": return .left(name: try line.text("name"))
        case "outcomes": return .outcomes(try Outcomes(&line))
        case "hook_answered":
            return .hookAnswered(
                key: try line.text("key"), isYes: try line.number("yes"),
                why: line.textIfThere("why"))
        case "barrier":
            return .barrier(group: try line.text("group"), step: try line.numberIfThere("step"))
        case "measured": return .measured(try Measurement(&line))
        case "alerted": return .alerted(try Alert(&line))
        case "outage": return .outage(try line.number("on"))
        case "restarted": return .restarted
        case "led": return .led(token: try line.number("token"))
        case "timer": return .timer
        default: throw EventTextError("'\(line.word.prefix(40))' is no event")
        }
    }

    /// - Returns: `nil` where the word is no request's.
    private static func readRequest(_ line: inout EventLineReader) throws(EventTextError) -> Event?
    {
        switch line.word {
        case "apply":
            let model = try line.value("model", "a model's name") { text -> ModelName? in
                do throws(NameError) { return try ModelName(text) } catch { return nil }
            }
            return .apply(model: model, plan: try Plan(&line), try Request(&line))
        case "deploy": return .deploy(try line.release(), try Request(&line))
        case "promote":
            return .promote(
                full: try line.number("full"), keepsGuards: try line.flag("keep_guards"),
                try Request(&line))
        case "skip_step": return .skipStep(try Request(&line))
        case "go_to": return .goTo(step: try line.number("step"), try Request(&line))
        case "pause": return .pause(try Request(&line))
        case "resume": return .resume(try Request(&line))
        case "abort":
            return .abort(quarantines: try line.flag("quarantine"), try Request(&line))
        case "retry": return .retry(try Request(&line))
        case "roll_back":
            let number = try line.valueIfThere("to", "a version number") { VersionNumber($0) }
            return .rollBack(to: number, fast: try line.flag("fast"), try Request(&line))
        case "quarantine": return .quarantine(try line.release(), try Request(&line))
        case "unquarantine":
            return .unquarantine(try line.digest("manifest"), try Request(&line))
        case "freeze": return .freeze(try line.number("on"), try Request(&line))
        case "freeze_window":
            let window = FreezeWindow(
                name: try line.text("name"),
                from: Timestamp(nanoseconds: try line.number("from")),
                until: Timestamp(nanoseconds: try line.number("until")),
                every: try line.durationIfThere("every"))
            return .addFreezeWindow(window, try Request(&line))
        case "no_freeze_window":
            return .removeFreezeWindow(name: try line.text("name"), try Request(&line))
        case "drill": return .drill(try Request(&line))
        default: return nil
        }
    }
}

extension EventLineReader {
    fileprivate mutating func release() throws(EventTextError) -> Release {
        try value("release", "number:digest", Release.init(eventText:))
    }

    /// Written only where it is true.
    fileprivate mutating func flag(_ key: String) throws(EventTextError) -> Bool {
        try numberIfThere(key) ?? false
    }
}
