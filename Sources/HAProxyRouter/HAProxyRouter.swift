import CairnCore
import Dispatch
import Ports
import RouterTexts
import Routing
import Synchronization

/// HAProxy, told by its runtime API: the target's line in a map, replaced in one step between two
/// requests, and read back.
public struct HAProxyRouter: TrafficRouter {
    private let target: TargetName
    private let socket: AdminSocket
    /// As HAProxy's configuration has it.
    private let map: String
    /// Writes the map's file too, so that a HAProxy that starts anew starts with it; `nil`: HAProxy's
    /// files are another host's.
    private let keep: (@Sendable (String) async throws -> Void)?

    /// Below what HAProxy takes in one command (`tune.bufsize`, 16,384 bytes).
    static let textByteCountMax = 12_000

    /// - Parameters:
    ///   - map: the map's path in HAProxy's configuration, without blanks.
    ///   - keep: writes that file whole. What it throws ends `apply` before HAProxy is told.
    public init(
        _ target: TargetName, at address: AdminAddress, map: String,
        limit: Duration = .seconds(5), keep: (@Sendable (String) async throws -> Void)? = nil
    ) {
        (self.target, self.map, self.keep) = (target, map, keep)
        socket = AdminSocket(
            address: address, limit: limit, queue: DispatchQueue(label: "cairn.haproxy"))
    }

    public func split() async throws -> RouterSplit? { try await line().split }

    /// The target's line as HAProxy has it.
    private func line() async throws -> (text: String?, split: RouterSplit?) {
        let answer = try await socket.ask("show map \(map)")
        if answer.hasPrefix("Unknown map") {
            throw RouterError(
                "HAProxy at \(socket.address) does not use the map \(map): put in the lines that `cairn "
                    + "router config haproxy \(target)` prints, and reload it")
        }
        if answer.hasPrefix("Permission denied") { throw denied(answer) }
        let name = target.description
        for line in answer.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0].hasPrefix("0x") else {
                throw RouterError("HAProxy at \(socket.address) answered '\(line.prefix(200))'")
            }
            guard words[1] == name else { continue }
            let text = words.count == 3 ? String(words[2]) : ""
            // What is not readable is nothing that the agent said.
            return (text, RouterSplit(text, for: target))
        }
        return (nil, nil)
    }

    private func denied(_ answer: String) -> RouterError {
        RouterError(
            "HAProxy at \(socket.address) lets nobody change maps there ('\(answer.prefix(80))'): its "
                + "`stats socket` needs `level admin`")
    }

    public func apply(_ split: RouterSplit) async throws {
        let text = split.text
        guard text.utf8.count <= Self.textByteCountMax else {
            throw RouterError(
                "epoch \(split.epoch) with its \(split.pins.count) pins takes \(text.utf8.count) bytes; "
                    + "HAProxy takes \(Self.textByteCountMax). Pin by prefix or cohort instead of by key"
            )
        }
        let present = try await line()
        if let newer = present.split, newer.isNewer(than: split) { throw newer.refusal(of: split) }
        // First, so that a HAProxy that starts between the two has it too.
        try await keep?(HAProxyTexts.map(split))
        let verb = present.text == nil ? "add" : "set"
        let answer = try await socket.ask("\(verb) map \(map) \(target) \(text)")
        if answer.hasPrefix("Permission denied") { throw denied(answer) }
        let got = try await line()
        guard got.split == split else {
            throw RouterError(
                "HAProxy at \(socket.address) was given epoch \(split.epoch) and has "
                    + (got.split.map { "\($0)" } ?? "'\((got.text ?? "nothing").prefix(200))'")
                    + (answer.isEmpty ? "" : "; it answered '\(answer.prefix(200))'"))
        }
    }
}
