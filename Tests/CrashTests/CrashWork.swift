import CairnClient
import CairnCore
import LinuxHost
import Messages
import Ports
import Synchronization
import VersionFolders

/// Trainers and operators that go on while services die, and remember what they were promised.
final class CrashWork: Sendable {
    struct Push: Sendable {
        let reference: String
        let number: VersionNumber
        let manifest: Digest
        let bytes: Digest
    }

    private struct State {
        var pushes: [Push] = []
        /// By the reason that was given: answered as done.
        var done: [String: VerbReply] = [:]
        var asked: Set<String> = []
        var isEnding = false
    }

    static let target = "prod/crash"
    private let state = Mutex(State())
    private let client: CairnClient

    init(_ client: CairnClient) { self.client = client }

    var pushes: [Push] { state.withLock { $0.pushes } }
    var done: [String: VerbReply] { state.withLock { $0.done } }
    var asked: Set<String> { state.withLock { $0.asked } }
    var isEnding: Bool { state.withLock { $0.isEnding } }
    func end() { state.withLock { $0.isEnding = true } }

    // MARK: Trainers

    func push(_ model: String, seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        var fixed = [UInt8](repeating: 0, count: 200_000)
        for index in fixed.indices { fixed[index] = UInt8.random(in: 0...255, using: &random) }
        while !isEnding {
            // Most bytes stay, so that new versions lean on chunks of older ones.
            for _ in 0..<64 {
                fixed[Int.random(in: 0..<fixed.count, using: &random)] &+= 1
            }
            let bytes = fixed
            let file = bytes.withUnsafeBytes { SnapshotMemory().copy($0, as: "weights.bin") }
            let result = try await client.ingest.push(
                [file], PushRequest(model: model, version: .auto))
            guard let number = result.version.flatMap({ VersionNumber($0.number) }) else {
                throw RPCError(.internal, "a push was answered without its version")
            }
            state.withLock {
                $0.pushes.append(
                    Push(
                        reference: "\(model)@\(number)", number: number,
                        manifest: result.manifest, bytes: Digest(of: bytes)))
            }
        }
    }

    // MARK: Operators

    func operate(_ model: String, seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let target = try TargetName(Self.target)
        var count = 0
        while !isEnding {
            count += 1
            let reason = "operation \(count)"
            let expectation = Expectation(actor: "crash test", reason: reason)
            state.withLock { _ = $0.asked.insert(reason) }
            do {
                let reply: VerbReply
                switch Int.random(in: 0..<6, using: &random) {
                case 0, 1, 2:
                    guard
                        let push = pushes.filter({ $0.reference.hasPrefix(model) })
                            .randomElement(using: &random)
                    else { continue }
                    reply = try await client.controller.deploy(
                        push.number, manifest: push.manifest, to: target, expectation)
                case 3: reply = try await client.controller.abort(target, expectation)
                case 4: reply = try await client.controller.rollback(target, expectation)
                default: reply = try await client.controller.pause(target, expectation)
                }
                if reply.changed { state.withLock { $0.done[reason] = reply } }
            } catch let error as RPCError where [.refused, .conflict].contains(error.code) {
                continue  // Not possible in the present state: promised nothing.
            }
        }
    }
}
