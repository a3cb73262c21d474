import CairnClient
import CairnCore
import LinuxHost
import Messages
import Ports
import Synchronization

/// A status that somebody waits for.
private final class Found: Sendable {
    private let state = Mutex<TargetStatus?>(nil)
    var status: TargetStatus? { state.withLock { $0 } }
    func put(_ status: TargetStatus) { state.withLock { $0 = status } }
}

/// The four acts, each with what it promises.
final class DemoActs: Sendable {
    let run: DemoRun
    let stage: DemoStage
    let client: CairnClient
    private let measured = Mutex<[(version: String, accuracy: Double)]>([])

    var record: Record { run.record }

    init(run: DemoRun, stage: DemoStage, client: CairnClient) {
        (self.run, self.stage, self.client) = (run, stage, client)
    }

    /// Of each version on the pinned test part, in order.
    var accuracies: [(version: String, accuracy: Double)] { measured.withLock { $0 } }

    func play() async throws {
        try await train()
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await apply(watch: .seconds(5))
            group.addTask { [self] in
                try await client.controller.watch(try Self.target) { status in
                    self.record.add(status)
                    return false
                }
            }
            defer { group.cancelAll() }
            try await bringOut()
            try await hiddenDefect()
            try await drift()
            try await audit()
        }
    }

    static var target: TargetName { get throws { try TargetName(Camera.target) } }

    static func number(_ text: String) throws -> VersionNumber {
        guard let number = VersionNumber(text) else { throw HostError("'\(text)' is no version") }
        return number
    }

    // MARK: Act 1

    func train() async throws {
        record.note("act 1: two versions are trained and judged on the same 450 digits")
        try await stage.declareSuite()
        try await stage.train("1.0.0", .shifted, epochs: 2)
        try await stage.train("1.1.0", parent: "1.0.0", .shifted, epochs: 12)
        let first = try await judge("1.0.0")
        let second = try await judge("1.1.0")
        print(try await stage.cairn("compare", "digits@v1.0.0", "digits@v1.1.0"), terminator: "")
        record.promise(
            "more epochs are better on the pinned test set",
            seen: "\(Record.tenths(first * 100)) % → \(Record.tenths(second * 100)) %",
            second > first)
    }

    /// Waits for the verdict on a version.
    /// - Returns: its accuracy.
    @discardableResult
    func judge(_ version: String) async throws -> Double {
        let evaluation = try await client.evaluator.verdict(
            model: Training.model, number: try Self.number(version), suite: "digits")
        guard let accuracy = evaluation.metrics.first(where: { $0.name == "accuracy" })?.value
        else {
            throw HostError("v\(version) has no accuracy: \(evaluation.reasons.joined())")
        }
        measured.withLock { $0.append((version, accuracy)) }
        record.promise(
            "v\(version) passes its suite offline",
            seen:
                "accuracy \(Record.tenths(accuracy * 100)) % of \(evaluation.exampleCount), verdict "
                + "\(evaluation.verdict)", evaluation.verdict == .pass)
        return accuracy
    }

    // MARK: Act 2

    func apply(watch: Duration) async throws {
        let step = { (weight: UInt32) in
            PlanStep(weightBp: weight, bakeMs: 2_500, bakeRequests: weight == 500 ? 40 : 200)
        }
        let plan = PlanSpec(
            steps: [500, 2_500, 5_000, 10_000].map(step),
            guards: [GuardSpec(name: "errors", kind: "arm_eprocess", alpha: 0.01)],
            watch: WatchSpec(durationMs: UInt64(watch.wholeMilliseconds), policy: "roll_back"),
            rollback: RollbackSpec(deadlineMs: 30_000, verifyRequests: 200))
        _ = try await client.controller.channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: Camera.target, model: Training.model, plan: plan, actor: "demo",
                suite: "digits"))
    }

    func deploy(_ version: String) async throws {
        let reply = try await stage.cairn(
            "deploy", Camera.target, "digits@v\(version)", "--reason", "demo")
        record.note(reply.trimmed.split(separator: "\n").last.map(String.init) ?? "deployed")
    }

    /// Waits until the target is in a state, at most so many seconds.
    func wait(
        for what: String, seconds: Int, _ isThere: @escaping @Sendable (TargetStatus) -> Bool
    ) async throws -> TargetStatus {
        let found = Found()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [client] in
                try await client.controller.watch(try Self.target) { status in
                    guard isThere(status) else { return false }
                    found.put(status)
                    return true
                }
            }
            group.addTask { try await Task.sleep(for: .seconds(seconds)) }
            defer { group.cancelAll() }
            try await group.next()
        }
        guard let status = found.status else {
            let now = try await client.controller.status(try Self.target)
            throw HostError(
                "\(what) did not come within \(seconds) s; \(Camera.target) is \(now.state): "
                    + "\(now.why); it waits for \(now.waitingFor.joined(separator: ", "))")
        }
        return status
    }

    func bringOut() async throws {
        record.note("act 2: v1.0.0 serves, v1.1.0 comes by 5, 25, 50 and 100 % of live traffic")
        try stage.openHosts()
        try stage.startTraffic()
        _ = try await wait(for: "two agents and a router", seconds: 20) { status in
            status.participants.count { $0.connected } == 3
        }
        try await deploy("1.0.0")
        let first = try await wait(for: "v1.0.0", seconds: 30) { $0.state == "promoted" }
        record.promise(
            "the first version serves", seen: "\(first.stable?.number ?? "none")",
            first.stable?.number == "1.0.0")
        try await deploy("1.1.0")
        for weight in [500, 2_500, 5_000, 10_000] as [UInt32] {
            let status = try await wait(for: "\(weight / 100) %", seconds: 30) {
                $0.candidate?.weightBp == weight || $0.state == "rolled_back"
            }
            record.note(
                "\(weight / 100) % of requests to v\(status.candidate?.number ?? "?"), epoch "
                    + "\(status.epoch)")
        }
        let done = try await wait(for: "the promotion", seconds: 40) {
            $0.state == "promoted" || $0.state == "rolled_back"
        }
        let weights = weightsSeen(attempt: done.attempt)
        record.promise(
            "v1.1.0 went out by its four steps and is promoted",
            seen: "\(done.state), weights \(weights)",
            done.state == "promoted" && done.stable?.number == "1.1.0"
                && weights == [500, 2_500, 5_000, 10_000])
    }

    func weightsSeen(attempt: UInt64) -> [UInt32] {
        var weights: [UInt32] = []
        for sample in record.samples where sample.status.attempt == attempt {
            let weight = sample.status.candidate?.weightBp ?? 0
            if weight > 0, weights.last != weight { weights.append(weight) }
        }
        return weights
    }

    // MARK: The record

    func audit() async throws {
        let report = try await client.controller.channel.call(
            ControllerMethods.verifyAudit, VerifyAudit())
        record.promise(
            "the log of every change is whole",
            seen: "\(report.recordCount) records, \(report.damages.count) damaged",
            report.damages.isEmpty && report.recordCount > 0)
        let verified = try await stage.cairn("verify").split(separator: "\n").last ?? ""
        record.promise(
            "every stored version reads back", seen: String(verified), verified.contains("whole"))
        print(try await stage.cairn("versions", "digits"), terminator: "")
    }

    /// After the camera has ended and said what it counted.
    func checkTraffic() throws {
        let counts =
            try Files.readText(run.folder + "/camera.txt").map { text in
                text.trimmed.split(separator: " ").compactMap { Int($0) }
            } ?? []
        record.promise(
            "no live request was lost",
            seen: counts.count == 3
                ? "\(counts[0]) requests, \(counts[1]) asked again, \(counts[2]) lost"
                : "the camera said nothing",
            counts.count == 3 && counts[0] > 1_000 && counts[2] == 0)
    }
}
