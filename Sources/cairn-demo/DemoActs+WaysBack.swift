import CairnClient
import CairnCore
import LinuxHost
import Messages
import Ports

/// The acts in which something goes wrong, and traffic goes back.
extension DemoActs {
    // MARK: Act 3

    func hiddenDefect() async throws {
        record.note("act 3: the camera slips by a pixel; v1.2.0 was never shown such digits")
        try await stage.train("1.2.0", parent: "1.1.0", .straight, epochs: 30)
        try await judge("1.2.0")
        try stage.slipCamera(to: 1)
        try await deploy("1.2.0")
        let back = try await wait(for: "the rollback of v1.2.0", seconds: 60) {
            ["rolled_back", "promoted", "rejected", "failed_rollback"].contains($0.state)
        }
        record.promise(
            "its live failures trip the guard, and traffic is back on v1.1.0",
            seen: "\(back.state), stable v\(back.stable?.number ?? "-"): \(back.why)",
            back.state == "rolled_back" && back.stable?.number == "1.1.0")
        try await checkRollback(back, to: "1.1.0")
        record.promise(
            "v1.2.0 is in quarantine", seen: back.quarantine.map(\.why).joined(separator: "; "),
            back.quarantine.map(\.number) == ["1.2.0"])
        var refusal = "it was taken"
        do {
            _ = try await client.controller.deploy(
                try Self.number("1.2.0"), manifest: try await manifest(of: "1.2.0"),
                to: try Self.target, Expectation(actor: "demo", reason: "once more"))
        } catch let error as RPCError { refusal = error.text }
        record.promise(
            "and refused when it is deployed again", seen: refusal, refusal.contains("quarantine"))
    }

    private func manifest(of version: String) async throws -> Digest {
        let known = try await client.ingest.resolve("digits@v\(version)")
        guard let manifest = Digest(bytes: known.manifestDigest) else {
            throw HostError("ingest knows no manifest of v\(version)")
        }
        return manifest
    }

    /// The bytes, the metrics and the time of the last rollback.
    private func checkRollback(_ status: TargetStatus, to version: String) async throws {
        guard let rollback = status.lastRollback else { throw HostError("no rollback is recorded") }
        record.promise(
            "breach to weight 0 acknowledged by every router and agent",
            seen: "\(Record.tenths(rollback.startedToAckedMs)) ms, verified after "
                + "\(Record.tenths(rollback.startedToVerifiedMs)) ms", rollback.ackedUnixMs > 0)
        record.promise(
            "the way back is verified", seen: rollback.verification,
            rollback.verifiedUnixMs > 0 && !rollback.verification.isEmpty)
        let known = try await client.ingest.pull(
            "digits@v\(version)", into: run.folder + "/pulled-\(version)-\(status.attempt)")
        let manifest = Digest(bytes: known.version.manifestDigest)?.hex ?? "none"
        let kept = try Files.require(
            run.folder + "/pulled-\(version)-\(status.attempt)/model.safetensors")
        for index in 0..<2 {
            let served = Files.linkTarget(stage.host(index) + "/stable")?.split(separator: "/").last
            let bytes = try Files.require(stage.host(index) + "/current/model.safetensors")
            record.promise(
                "host-\(index) serves v\(version) bit for bit",
                seen: "manifest \(served?.prefix(12) ?? "none"), weights "
                    + "\(Digest(of: bytes).short)",
                served.map(String.init) == manifest && bytes == kept)
        }
    }

    // MARK: Act 4

    func drift() async throws {
        record.note(
            "act 4: v1.3.0 is promoted for the slipped camera, then the camera slips back over")
        try await stage.train("1.3.0", parent: "1.1.0", .shiftedRight, epochs: 16)
        try await judge("1.3.0")
        try await apply(watch: .seconds(120))
        try await deploy("1.3.0")
        let watching = try await wait(for: "v1.3.0 under watch", seconds: 60) {
            ["watching", "rolled_back", "rejected"].contains($0.state)
        }
        record.promise(
            "v1.3.0 serves everything and is watched", seen: watching.state,
            watching.state == "watching" && watching.stable?.number == "1.3.0")
        // The watch learns what is usual before anything changes.
        _ = try await wait(for: "a thousand watched requests", seconds: 30) { status in
            status.guards.contains { $0.name == "watch" && $0.stableRequests >= 1_000 }
        }
        try stage.slipCamera(to: -1)
        record.note("the camera has slipped to the other side")
        let back = try await wait(for: "the watch's rollback", seconds: 60) {
            ["rolled_back", "promoted", "failed_rollback"].contains($0.state)
        }
        record.promise(
            "the watch sees the drift and rolls back to v1.1.0", seen: "\(back.state): \(back.why)",
            back.state == "rolled_back" && back.stable?.number == "1.1.0")
        try await checkRollback(back, to: "1.1.0")
    }
}
