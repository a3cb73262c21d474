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
        case .deploy(let release, _), .quarantine(let release, _):
            line.add("release", release.number.number + ":\(release.manifest.hex)")
        case .promote(let full, let keepsGuards, _):
            line.add("full", full)
            line.add("keep_guards", ifTrue: keepsGuards)
        case .skipStep, .pause, .resume, .retry, .drill, .restarted, .timer: break
        case .goTo(let step, _): line.add("step", step)
        case .abort(let quarantines, _): line.add("quarantine", ifTrue: quarantines)
        case .rollBack(let number, let fast, _):
            line.add("to", ifThere: number?.number)
            line.add("fast", ifTrue: fast)
        case .unquarantine(let manifest, _): line.add("manifest", manifest.hex)
        case .freeze(let on, _): line.add("on", on)
        case .addFreezeWindow(let window, _):
            line.add("name", quoted: window.name)
            line.add("from", window.from.nanoseconds)
            line.add("until", window.until.nanoseconds)
            line.add("every", ifThere: window.every?.wholeNanoseconds)
        case .removeFreezeWindow(let name, _): line.add("name", quoted: name)
        case .verdict(let manifest, let verdict, let why):
            line.add("manifest", manifest.hex)
            line.add("verdict", verdict.rawValue)
            line.add("why", ifNotEmpty: why)
        case .reference(let attempt, let reference):
            line.add("attempt", attempt)
            reference.write(to: &line)
        case .joined(let name, let role):
            line.add("name", quoted: name)
            line.add("role", role.rawValue)
        case .acknowledged(let name, let acknowledgement):
            line.add("name", quoted: name)
            acknowledgement.write(to: &line)
        case .disconnected(let name), .left(let name): line.add("name", quoted: name)
        case .outcomes(let outcomes): outcomes.write(to: &line)
        case .hookAnswered(let key, let isYes, let why):
            line.add("key", quoted: key)
            line.add("yes", isYes)
            line.add("why", ifNotEmpty: why)
        case .barrier(let group, let step):
            line.add("group", quoted: group)
            line.add("step", ifThere: step)
        case .measured(let measurement): measurement.write(to: &line)
        case .alerted(let alert): alert.write(to: &line)
        case .outage(let isOut): line.add("on", isOut)
        case .led(let token): line.add("token", token)
        }
        request?.write(to: &line)
        return line.text
    }

    /// What it is called in the log.
    public var word: String {
        switch self {
        case .apply: "apply"
        case .deploy: "deploy"
        case .promote: "promote"
        case .skipStep: "skip_step"
        case .goTo: "go_to"
        case .pause: "pause"
        case .resume: "resume"
        case .abort: "abort"
        case .retry: "retry"
        case .rollBack: "roll_back"
        case .quarantine: "quarantine"
        case .unquarantine: "unquarantine"
        case .freeze: "freeze"
        case .addFreezeWindow: "freeze_window"
        case .removeFreezeWindow: "no_freeze_window"
        case .verdict: "verdict"
        case .reference: "reference"
        case .joined: "joined"
        case .acknowledged: "acknowledged"
        case .disconnected: "disconnected"
        case .left: "left"
        case .outcomes: "outcomes"
        case .hookAnswered: "hook_answered"
        case .drill: "drill"
        case .barrier: "barrier"
        case .measured: "measured"
        case .alerted: "alerted"
        case .outage: "outage"
        case .restarted: "restarted"
        case .led: "led"
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
}

extension EventLineReader {
    mutating func digest(_ key: String) throws(EventTextError) -> Digest {
        try value(key, "64 hexadecimal digits", bytes: { Digest(hexDigits: $0) })
    }

    mutating func digests(_ key: String) throws(EventTextError) -> [Digest] {
        try valueIfThere(
            key, "digests",
            bytes: { text in
                let parts = text.split(
                    separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                let digests = parts.compactMap { Digest(hexDigits: $0) }
                return digests.count == parts.count ? digests : nil
            }) ?? []
    }
}

extension Release {
    init?(eventText text: String) {
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

    init(_ line: inout EventLineReader) throws(EventTextError) {
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

    init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(
            epoch: try line.number("epoch"), held: try line.digests("held"),
            loadedStable: try line.valueIfThere(
                "stable", "a digest", bytes: { Digest(hexDigits: $0) }),
            loadedCandidate: try line.valueIfThere(
                "candidate", "a digest", bytes: { Digest(hexDigits: $0) }),
            problem: line.textIfThere("problem"))
    }
}
