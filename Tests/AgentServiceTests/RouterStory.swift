import CairnCore
import FoundationEssentials
import Glibc
import Messages
import Routing
import ServingTestKit

@testable import AgentService

/// A transcript of a router's agent: events, and after `----` what it did and what it would report.
///
/// `CAIRN_REWRITE=1 swift test` writes the second parts anew.
struct RouterStory {
    private var machine = RouterMachine(target: AgentStory.target)
    private var random = SeededRandom(seed: 1)
    private let start = Timestamp(seconds: 1_000)
    private var now = Timestamp(seconds: 1_000)

    /// - Returns: the story as it went, and as the file has it.
    static func run(_ name: String, test file: String = #filePath) throws -> (String, String) {
        let folder = "/" + file.split(separator: "/").dropLast().joined(separator: "/")
        let path = folder + "/RouterStories/" + name
        let told = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        var (story, text, isExpectation) = (RouterStory(), "", false)
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

    private mutating func event(_ line: String) throws -> RouterMachine.Event {
        let words = line.split(separator: " ").map(String.init)
        let rest = String(line.split(separator: ":", maxSplits: 1).last?.dropFirst() ?? "")
        switch words[0] {
        case "start": return .started(nil)
        case "remembers": return .started(AgentMemory(table: try table(words), proven: []))
        case "table": return .received(try table(words))
        case "garbled:": return .garbled(rest)
        case "applied": return .applied(machine.applying!)
        case "failed:": return .applyFailed(machine.applying!, rest)
        case "has": return .looked(words[1] == "nothing" ? nil : try RouterSplit(try table(words)))
        case "installed": return .looked(RouterSplit(installedFor: AgentStory.target))
        case "silent:": return .lookFailed(rest)
        case "wait":
            now = now + .milliseconds(Int(Double(words[1].dropLast())! * 1_000))
            return .woken
        default: preconditionFailure("no event in '\(line)'")
        }
    }

    /// `table 7 weight=500 token=2 mirror=100 target=prod/other`.
    private func table(_ words: [String]) throws -> ServingTable {
        func value(_ key: String) -> String? {
            words.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
        }
        var tables = Tables()
        tables.target = value("target") ?? tables.target
        let weight = value("weight").flatMap { Int($0) }
        var message = tables(
            UInt64(words[1])!, stable: "A", candidate: weight == nil ? nil : "B",
            weight: weight ?? 0, attempt: weight == nil ? 0 : 1,
            token: value("token").flatMap { UInt64($0) } ?? 1)
        message.mirrorBp = value("mirror").flatMap { UInt32($0) } ?? 0
        return try ServingTable(checking: message)
    }

    private func text(_ effect: RouterMachine.Effect) -> String {
        switch effect {
        case .apply(_, let split): "apply \(split)"
        case .look: "look"
        case .report(let report):
            "report epoch \(report.epoch)"
                + (report.problem.isEmpty ? "" : ", problem: \(report.problem)")
        case .wake(let time): "wake at \((time - start).inSeconds) s"
        case .note(let note): "note: \(note)"
        }
    }
}
