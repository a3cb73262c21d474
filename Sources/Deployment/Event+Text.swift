import CairnCore

/// An event as one line, from which the log is folded: readable by people, and one text for each
/// event, so that the chain covers what it means.
extension Event {
    public var text: String {
        var line = EventLineWriter(word)
        switch self {
        case .apply(let model, let plan, _):
            line.add("model", model)
            plan.write(to: &line)
        case .deploy(let release, _):
            line.add("release", release.number.number + ":\(release.manifest.hex)")
        case .promote(let full, _): line.add("full", full)
        case .pause, .resume, .abort, .retry, .restarted, .timer: break
        case .rollBack(let number, _): line.add("to", ifThere: number?.number)
        case .unquarantine(let manifest, _): line.add("manifest", manifest.hex)
        case .freeze(let on, _): line.add("on", on)
        case .verdict(let manifest, let verdict, let why):
            line.add("manifest", manifest.hex)
            line.add("verdict", verdict.rawValue)
            line.add("why", ifNotEmpty: why)
        case .joined(let name, let role):
            line.add("name", quoted: name)
            line.add("role", role.rawValue)
        case .acknowledged(let name, let acknowledgement):
            line.add("name", quoted: name)
            acknowledgement.write(to: &line)
        case .disconnected(let name), .left(let name): line.add("name", quoted: name)
        case .outcomes(let outcomes): outcomes.write(to: &line)
        case .outage(let isOut): line.add("on", isOut)
        }
        request?.write(to: &line)
        return line.text
    }

    private var word: String {
        switch self {
        case .apply: "apply"
        case .deploy: "deploy"
        case .promote: "promote"
        case .pause: "pause"
        case .resume: "resume"
        case .abort: "abort"
        case .retry: "retry"
        case .rollBack: "roll_back"
        case .unquarantine: "unquarantine"
        case .freeze: "freeze"
        case .verdict: "verdict"
        case .joined: "joined"
        case .acknowledged: "acknowledged"
        case .disconnected: "disconnected"
        case .left: "left"
        case .outcomes: "outcomes"
        case .outage: "outage"
        case .restarted: "restarted"
        case .timer: "timer"
        }
    }

    /// - Throws: `EventTextError` for every text that `text` does not make.
    public init(text: String) throws(EventTextError) {
        var line = try EventLineReader(text)
        self = try Self.read(&line)
        try line.end()
        guard self.text == text else {
            throw EventTextError("'\(line.word)' is written in another way than the log does")
        }
    }

    private static func read(_ line: inout EventLineReader) throws(EventTextError) -> Event {
        switch line.word {
        case "apply":
            let model = try line.value("model", "a model's name") { text -> ModelName? in
                do throws(NameError) { return try ModelName(text) } catch { return nil }
            }
            return .apply(model: model, plan: try Plan(&line), try Request(&line))
        case "deploy":
            let release = try line.value("release", "number:digest", Release.init(eventText:))
            return .deploy(release, try Request(&line))
        case "promote": return .promote(full: try line.number("full"), try Request(&line))
        case "pause": return .pause(try Request(&line))
        case "resume": return .resume(try Request(&line))
        case "abort": return .abort(try Request(&line))
        case "retry": return .retry(try Request(&line))
        case "roll_back":
            let number = try line.valueIfThere("to", "a version number") { VersionNumber($0) }
            return .rollBack(to: number, try Request(&line))
        case "unquarantine":
            return .unquarantine(try line.digest("manifest"), try Request(&line))
        case "freeze": return .freeze(try line.number("on"), try Request(&line))
        case "verdict":
            return .verdict(
                manifest: try line.digest("manifest"),
                try line.value("verdict", "a verdict", Verdict.init(rawValue:)),
                why: line.textIfThere("why"))
        case "joined":
            return .joined(
                name: try line.text("name"),
                role: try line.value("role", "router or agent", Role.init(rawValue:)))
        case "acknowledged":
            return .acknowledged(name: try line.text("name"), try Acknowledgement(&line))
        case "disconnected": return .disconnected(name: try line.text("name"))
        case "left": return .left(name: try line.text("name"))
        case "outcomes": return .outcomes(try Outcomes(&line))
        case "outage": return .outage(try line.number("on"))
        case "restarted": return .restarted
        case "timer": return .timer
        default: throw EventTextError("'\(line.word.prefix(40))' is no event")
        }
    }
}

extension EventLineReader {
    mutating func digest(_ key: String) throws(EventTextError) -> Digest {
        try value(key, "64 hexadecimal digits") { Digest(hex: $0) }
    }

    mutating func digests(_ key: String) throws(EventTextError) -> [Digest] {
        try valueIfThere(key, "digests") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let digests = parts.compactMap { Digest(hex: $0) }
            return digests.count == parts.count ? digests : nil
        } ?? []
    }
}

extension Release {
    fileprivate init?(eventText text: String) {
        guard let colon = text.lastIndex(of: ":"), let number = VersionNumber(text[..<colon]),
            let manifest = Digest(hex: text[text.index(after: colon)...])
        else { return nil }
        self.init(number: number, manifest: manifest)
    }
}

extension Event.Request {
    fileprivate func write(to line: inout EventLineWriter) {
        line.add("actor", quoted: actor)
        line.add("reason", ifNotEmpty: reason)
        line.add("expect_revision", ifThere: revision)
        line.add("expect_attempt", ifThere: attempt)
        line.add("expect_step", ifThere: step)
    }

    fileprivate init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            actor: try line.text("actor"), reason: line.textIfThere("reason"),
            revision: try line.numberIfThere("expect_revision"),
            attempt: try line.numberIfThere("expect_attempt"),
            step: try line.numberIfThere("expect_step"))
    }
}

extension Event.Acknowledgement {
    fileprivate func write(to line: inout EventLineWriter) {
        line.add("epoch", epoch)
        if !held.isEmpty { line.add("held", held.map(\.hex).joined(separator: ",")) }
        line.add("stable", ifThere: loadedStable?.hex)
        line.add("candidate", ifThere: loadedCandidate?.hex)
        line.add("problem", ifNotEmpty: problem)
    }

    fileprivate init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            epoch: try line.number("epoch"), held: try line.digests("held"),
            loadedStable: try line.valueIfThere("stable", "a digest") { Digest(hex: $0) },
            loadedCandidate: try line.valueIfThere("candidate", "a digest") { Digest(hex: $0) },
            problem: line.textIfThere("problem"))
    }
}

extension Event.Outcomes {
    fileprivate func write(to line: inout EventLineWriter) {
        line.add("reporter", quoted: reporter)
        line.add("incarnation", incarnation)
        line.add("sequence", sequence)
        let counts = counts.map { "\($0.epoch):\($0.arm.rawValue):\($0.requests):\($0.failures)" }
        if !counts.isEmpty { line.add("counts", counts.joined(separator: ",")) }
    }

    fileprivate init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            reporter: try line.text("reporter"), incarnation: try line.number("incarnation"),
            sequence: try line.number("sequence"),
            counts: try line.valueIfThere("counts", "epoch:arm:requests:failures") { text in
                let parts = text.split(separator: ",", omittingEmptySubsequences: false)
                let counts = parts.compactMap(Count.init(eventText:))
                return counts.count == parts.count ? counts : nil
            } ?? [])
    }
}

extension Event.Outcomes.Count {
    fileprivate init?(eventText text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, let epoch = UInt64(parts[0]),
            let arm = Arm(rawValue: String(parts[1])),
            let requests = Int(parts[2]), let failures = Int(parts[3])
        else { return nil }
        self.init(epoch: epoch, arm: arm, requests: requests, failures: failures)
    }
}
