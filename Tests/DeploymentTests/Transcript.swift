import CairnCore

@testable import Deployment

/// A conversation with a target as text: what goes in at the margin, what comes of it indented.
///
/// `+10s` before an event lets time pass first. `all ack` puts the present route in force
/// everywhere. Versions are named by their numbers.
struct Transcript {
    private var log: LogFold
    /// What a store would keep of the conversation.
    private(set) var records: [LogRecord] = []
    var target: Target { log.target }
    private var now = Timestamp(seconds: 1_800_000_000)
    private var sequence: UInt64 = 0
    private var lines: [String] = []

    init() throws { log = LogFold(try TargetName("prod/chat")) }

    /// The conversation that the inputs of `text` lead to.
    static func play(_ text: String) throws -> String { try playing(text).page }

    var page: String { lines.joined(separator: "\n") }

    static func playing(_ text: String) throws -> Transcript {
        var transcript = try Transcript()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    ") { continue }
            transcript.lines.append(String(line))
            if line.isEmpty || line.hasPrefix("#") { continue }
            try transcript.take(line.split(separator: " ").map(String.init))
        }
        return transcript
    }

    private mutating func take(_ words: [String]) throws {
        var words = words
        if let first = words.first, first.hasPrefix("+") || first.hasPrefix("-") {
            now = now + (try Self.duration(String(first)))
            words.removeFirst()
        }
        if words == ["all", "ack"] {
            for name in target.participants.keys.sorted() { handle(acknowledgement(of: name)) }
        } else {
            handle(try event(words))
        }
        describe()
    }

    private static func duration(_ word: String) throws -> Duration {
        let digits = word.dropFirst().prefix { $0.isNumber }
        guard let number = Int64(digits) else { throw EventTextError("'\(word)' is no duration") }
        let unit = word.dropFirst(1 + digits.count)
        let size: Duration =
            switch unit {
            case "ms": .milliseconds(number)
            case "s": .seconds(number)
            case "h": .seconds(3_600 * number)
            default: throw EventTextError("'\(word)' is no duration")
            }
        return word.first == "-" ? .zero - size : size
    }

    // MARK: What goes in

    private mutating func event(_ words: [String]) throws -> Event {
        let rest = words.dropFirst()
        let plain = rest.filter { !$0.contains("=") }
        let named = Dictionary(
            uniqueKeysWithValues: rest.filter { $0.contains("=") }.map { word in
                let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
                return (halves[0], halves.count > 1 ? halves[1] : "")
            })
        let request = Event.Request(
            actor: named["by"] ?? "ann", reason: named["because"] ?? "",
            revision: named["revision"].flatMap { UInt64($0) },
            attempt: named["attempt"].flatMap { UInt64($0) },
            step: named["step"].flatMap { Int($0) })
        func operand(_ index: Int = 0) throws -> String {
            guard plain.indices.count > index else { throw EventTextError("\(words) lacks a word") }
            return plain[plain.startIndex + index]
        }
        switch words[0] {
        case "apply":
            return .apply(
                model: try ModelName("chat"), plan: try TranscriptPlans.plan(try operand()), request
            )
        case "deploy": return .deploy(try Self.release(try operand()), request)
        case "promote":
            return .promote(
                full: plain.contains("full"), keepsGuards: plain.contains("keep-guards"), request)
        case "skip-step": return .skipStep(request)
        case "goto": return .goTo(step: (Int(try operand()) ?? 0) - 1, request)
        case "pause": return .pause(request)
        case "resume": return .resume(request)
        case "abort": return .abort(quarantines: plain.contains("quarantine"), request)
        case "retry": return .retry(request)
        case "rollback":
            return .rollBack(
                to: plain.first.flatMap { VersionNumber($0) }, fast: plain.contains("fast"),
                request)
        case "quarantine": return .quarantine(try Self.release(try operand()), request)
        case "unquarantine":
            return .unquarantine(try Self.release(try operand()).manifest, request)
        case "freeze": return .freeze(try operand() == "on", request)
        case "window":
            return .addFreezeWindow(
                FreezeWindow(
                    name: try operand(), from: now + (try Self.duration(named["from"] ?? "")),
                    until: now + (try Self.duration(named["until"] ?? "")),
                    every: try named["every"].map { try Self.duration("+" + $0) }), request)
        case "no-window": return .removeFreezeWindow(name: try operand(), request)
        case "drill": return .drill(request)
        case "barrier":
            return .barrier(
                group: try operand(), step: named["step"].flatMap { Int($0) }.map { $0 - 1 })
        case "yes", "no":
            let hook = try operand()
            let key = target.calls.last { $0.hook.name == hook }?.key ?? hook
            return .hookAnswered(
                key: key, isYes: words[0] == "yes", why: named["because"] ?? "")
        case "verdict":
            guard let verdict = Event.Verdict(rawValue: try operand(1)) else {
                throw EventTextError("no verdict: \(words)")
            }
            return .verdict(manifest: try Self.release(try operand()).manifest, verdict, why: "")
        case "join":
            return .joined(name: try operand(1), role: try operand() == "agent" ? .agent : .router)
        case "ack":
            return acknowledgement(
                of: try operand(), epoch: named["epoch"].flatMap { UInt64($0) },
                problem: named["problem"] ?? "")
        case "disconnect": return .disconnected(name: try operand())
        case "leave": return .left(name: try operand())
        case "traffic": return traffic(named)
        case "outage": return .outage(try operand() == "on")
        case "alert":
            return .alerted(
                .init(
                    name: "errors", fingerprint: "f1",
                    startsAt: now - (try Self.duration(named["ago"] ?? "+0s")),
                    number: try Self.release(try operand()).number, summary: "5 % fail"))
        case "measured":
            return measured(plain.first ?? "ratio", named)
        case "restart": return .restarted
        case "lead": return .led(token: UInt64(try operand()) ?? 0)
        case "timer": return .timer
        default: throw EventTextError("'\(words[0])' is no event of a transcript")
        }
    }

    private static func release(_ word: String) throws -> Release {
        guard let number = VersionNumber(word) else {
            throw EventTextError("'\(word)' is no version")
        }
        return Release(number: number, manifest: Digest(of: Array(number.number.utf8)))
    }

    private func acknowledgement(
        of name: String, epoch: UInt64? = nil, problem: String = ""
    ) -> Event {
        let route = target.route
        return .acknowledged(
            name: name,
            .init(
                epoch: epoch ?? route.epoch, held: route.keep,
                loadedStable: problem.isEmpty ? route.stable?.manifest : nil,
                loadedCandidate: route.candidate?.manifest, problem: problem))
    }

    /// `measured ratio candidate=0.1 stable=0.02`, `no-data=NaN`, `failed=timeout`.
    private func measured(_ name: String, _ named: [String: String]) -> Event {
        let answer: Measurement.Answer
        if let why = named["failed"] {
            answer = .failed(why)
        } else if let why = named["no-data"] {
            answer = .noData(why)
        } else {
            answer = .points([
                .init(
                    at: now, candidate: Double(named["candidate"] ?? "") ?? 0,
                    stable: named["stable"].flatMap { Double($0) })
            ])
        }
        let number = named["attempt"].flatMap { UInt64($0) } ?? target.attempt?.number ?? 0
        return .measured(Measurement(guardName: name, attempt: number, answer))
    }

    /// `stable=100/2 candidate=20/5 epoch=3`: requests and failures; `candidate-slow=20/5`: of so
    /// many requests took so many 900 ms, the others 20 ms; `candidate-score=40/12.5`: so many scores
    /// and their sum; `pairs=3/9`: the candidate's answer was better, worse.
    private mutating func traffic(_ named: [String: String]) -> Event {
        sequence += 1
        let epoch = named["epoch"].flatMap { UInt64($0) } ?? target.route.epoch
        func numbers(_ key: String) -> [Double] {
            (named[key] ?? "").split(separator: "/").compactMap { Double($0) }
        }
        let counts = Arm.allCases.compactMap { arm -> Event.Outcomes.Count? in
            let seen = numbers(arm.rawValue)
            let slow = numbers(arm.rawValue + "-slow")
            let scores = numbers(arm.rawValue + "-score")
            guard seen.count == 2 else { return nil }
            var count = Event.Outcomes.Count(
                epoch: epoch, arm: arm, requests: Int(seen[0]), failures: Int(seen[1]))
            if slow.count == 2 {
                _ = count.latencies.add(Int(slow[0] - slow[1]), in: LatencyBuckets.bucket(of: 20))
                _ = count.latencies.add(Int(slow[1]), in: LatencyBuckets.bucket(of: 900))
            }
            if scores.count == 2 {
                count.scores = ScoreSum(count: Int(scores[0]), sum: scores[1])
            }
            return count
        }
        let compared = numbers("pairs")
        let pairs =
            compared.count == 2
            ? [
                Event.Outcomes.Pairs(
                    epoch: epoch, wins: Int(compared[0]), losses: Int(compared[1]))
            ] : []
        return .outcomes(
            .init(
                reporter: "router", incarnation: 1, sequence: sequence, counts: counts,
                pairs: pairs))
    }

    // MARK: What comes of it

    private mutating func handle(_ event: Event) {
        do throws(Refusal) {
            let (change, record) = try log.take(event, at: now)
            if let record { records.append(record) }
            if !change.summary.isEmpty {
                say(change.summary + (change.isChange ? "" : " (no change)"))
            }
            for effect in change.effects {
                switch effect {
                case .publish(let route): say("publish epoch \(route.epoch)")
                case .pin(let manifest, _): say("pin \(name(of: manifest))")
                case .unpin(let manifest): say("unpin \(name(of: manifest))")
                case .askVerdict(let release): say("ask for the verdict on \(release.number)")
                case .call(let call): say("call \(call.key): \(call.text)")
                case .notify(let text): say("tell: \(text)")
                }
            }
        } catch {
            say("refused (\(error.code.rawValue)): \(error.description)")
        }
        for broken in target.brokenInvariants(at: now) { say("BROKEN: \(broken)") }
    }

    private func name(of manifest: Digest) -> String {
        for major in 0..<3 as Range<UInt32> {
            for minor in 0..<10 as Range<UInt32> {
                let number = VersionNumber(major, minor, 0)
                if Digest(of: Array(number.number.utf8)) == manifest { return "\(number)" }
            }
        }
        return manifest.short
    }

    private mutating func say(_ text: String) {
        // A short digest says nothing to a reader.
        var text = text
        for minor in 0..<10 as Range<UInt32> {
            let number = VersionNumber(1, minor, 0)
            let digest = Digest(of: Array(number.number.utf8)).short
            text = text.split(separator: digest, omittingEmptySubsequences: false)
                .joined(separator: "<\(number)>")
        }
        lines.append("    " + text)
    }

    private mutating func describe() {
        let route = target.route
        var state = target.attempt.map { "attempt \($0.number) \($0.phase)" } ?? "idle"
        if target.attempt?.pausedBy != nil { state += ", paused" }
        if target.attempt?.isBlind == true { state += ", blind" }
        if target.isFrozen { state += ", frozen" }
        if let next = target.next { state += "; attempt \(next.number) queued" }
        state += " | stable \(route.stable.map { "\($0.number)" } ?? "-")"
        if let candidate = route.candidate { state += ", \(candidate.number) \(route.weight)" }
        if route.mirror > .zero { state += ", mirror \(route.mirror)" }
        if route.baseline > .zero { state += ", baseline \(route.baseline)" }
        if let drill = target.drill { state += ", drill \(drill.number) \(drill.phase.rawValue)" }
        if !route.pins.isEmpty { state += ", \(route.pins.count) pins" }
        state += " | epoch \(route.epoch)"
        if route.fencingToken > 1 { state += ", token \(route.fencingToken)" }
        if let next = target.nextTimer() {
            state += " | timer in \((next - now).wholeMilliseconds) ms"
        }
        lines.append("    = " + state)
    }
}
