import CairnCore
import FoundationEssentials
import Glibc
import Messages
import Ports
import Routing

@testable import AgentService

/// A transcript of the machine: events, and after `----` what it did and what it would report.
///
/// Versions are letters. `CAIRN_REWRITE=1 swift test` writes the second parts anew.
struct AgentStory {
    private var machine: AgentMachine
    private var random = SeededRandom(seed: 1)
    private let start = Timestamp(seconds: 1_000)
    private var now: Timestamp
    static let target: TargetName = {
        do { return try TargetName("prod/chat") } catch { preconditionFailure("\(error)") }
    }()

    init() {
        now = start
        var options = AgentMachine.Options()
        options.keepCount = 1
        machine = AgentMachine(target: Self.target, options)
    }

    static func digest(_ letter: some StringProtocol) -> Digest { Digest(of: Array(letter.utf8)) }

    private static let letters = Dictionary(
        uniqueKeysWithValues: "ABCDEFGH".map { (digest(String($0)), String($0)) })

    /// - Returns: the story as it went, and as the file has it.
    static func run(_ name: String, test file: String = #filePath) throws -> (String, String) {
        let folder = "/" + file.split(separator: "/").dropLast().joined(separator: "/") + "/Stories"
        let path = folder + "/" + name
        let told = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var (story, text, isExpectation) = (AgentStory(), "", false)
        for line in told.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { isExpectation = false }
            if isExpectation { continue }
            if line.hasPrefix("#") || line.isEmpty {
                text += line + "\n"
            } else if line == "----" {
                isExpectation = true
            } else {
                text += "\(line)\n----\n" + (try story.tell(String(line)))
            }
        }
        while text.hasSuffix("\n\n") { text.removeLast() }
        if getenv("CAIRN_REWRITE") != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return (text, text)
        }
        return (text, told)
    }

    private mutating func tell(_ line: String) throws -> String {
        let effects = machine.handle(try event(line), at: now, using: &random)
        let lines = effects.map { "> " + text($0) + "\n" }.joined()
        return lines.isEmpty ? "nothing\n" : lines
    }

    // MARK: Events

    private mutating func event(_ line: String) throws -> AgentMachine.Event {
        let words = line.split(separator: " ").map(String.init)
        let rest = line.split(separator: ":", maxSplits: 1).last.map { $0.dropFirst() } ?? ""
        func set(_ key: String) -> Set<Digest> {
            Set(value(key, in: words)?.split(separator: ",").map(Self.digest) ?? [])
        }
        switch words[0] {
        case "start":
            let links = value("links", in: words)?.split(separator: "/").map(Self.digest) ?? []
            let memory = try value("remembered", in: words).map {
                let parts = $0.split(separator: ":")
                let table = try self.table(["table", String(parts[0]), "stable=\(parts[1])"])
                return AgentMemory(table: table, proven: [Self.digest(parts[1])])
            }
            return .started(
                memory, held: set("held"), stored: set("held").union(set("stored")),
                links: ModelLinks(stable: links.first, candidate: links.dropFirst().first))
        case "table": return .received(try table(words))
        case "garbled:": return .garbled(String(rest))
        case "applied": return .applied(machine.applying!)
        case "failed" where words[1].hasPrefix("apply"):
            return .applyFailed(
                machine.applying!, String(rest),
                held: words[2].hasPrefix("held=") ? set("held") : machine.held)
        case "failed": return .fetchFailed(Self.digest(words[1].prefix(1)), String(rest))
        case "fetched": return .fetched(Self.digest(words[1]))
        case "whole": return .verified(Self.digest(words[1]), isWhole: true)
        case "damaged": return .verified(Self.digest(words[1]), isWhole: false)
        case "lost": return .looked(lost: Set(words[1].split(separator: ",").map(Self.digest)))
        case "removed": return .removed([])
        case "wait":
            now = now + .milliseconds(Int(Double(words[1].dropLast())! * 1_000))
            return .woken
        default: preconditionFailure("no event in '\(line)'")
        }
    }

    private func value(_ key: String, in words: [String]) -> String? {
        words.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    private func table(_ words: [String]) throws -> ServingTable {
        func arm(_ key: String, _ weight: Int) -> Arm? {
            value(key, in: words).map { text in
                Arm(
                    number: "1.\(text.utf8.first! - 65).0",
                    manifestDigest: Self.digest(text.prefix(1)).bytes, weightBp: UInt32(weight))
            }
        }
        let weight = value("candidate", in: words).flatMap { Int($0.dropFirst(2)) } ?? 0
        return try ServingTable(
            checking: RouteTable(
                target: value("target", in: words) ?? "prod/chat", model: "chat",
                epoch: UInt64(words[1])!, fencingToken: UInt64(value("token", in: words) ?? "1")!,
                attempt: UInt64(value("attempt", in: words) ?? "0")!,
                stable: arm("stable", 10_000 - weight), candidate: arm("candidate", weight),
                keepDigests: value("keep", in: words)?.split(separator: ",").map {
                    Self.digest($0).bytes
                } ?? []))
    }

    // MARK: Effects

    private func text(_ effect: AgentMachine.Effect) -> String {
        switch effect {
        case .remember(let memory):
            "remember epoch \(memory.table.epoch), proven \(text(memory.proven))"
        case .apply(let order):
            "apply epoch \(order.table.epoch): \(text(order.links))"
                + (order.reloads ? ", reload" : "")
        case .fetch(let digest): "fetch \(text([digest]))"
        case .stopFetching: "stop fetching"
        case .verify(let digest): "verify \(text([digest]))"
        case .look(let held): "look at \(text(held.sorted()))"
        case .remove(let digests): "remove \(text(digests))"
        case .report(let report):
            "report epoch \(report.epoch), held \(text(report.held)), \(text(report.loaded))"
                + (report.problem.isEmpty ? "" : ", problem: \(report.problem)")
        case .wake(let time): "wake at \((time - start).inSeconds) s"
        case .note(let note): "note: \(named(note))"
        }
    }

    private func text(_ links: ModelLinks) -> String {
        "stable \(text([links.stable].compactMap { $0 }))"
            + (links.candidate.map { ", candidate \(text([$0]))" } ?? "")
    }

    private func text(_ digests: [Digest]) -> String {
        let names = digests.map { Self.letters[$0] ?? "?" }.sorted()
        return names.isEmpty ? "nothing" : names.joined(separator: " ")
    }

    /// A note with letters in place of digests.
    private func named(_ note: String) -> String {
        Self.letters.reduce(note) { text, pair in
            text.split(separator: pair.key.short + "…", omittingEmptySubsequences: false)
                .joined(separator: pair.value)
        }
    }
}
