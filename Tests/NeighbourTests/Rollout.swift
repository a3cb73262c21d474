import CairnCore
import Deployment
import Messages
import Routing
import ServingTestKit
import Testing

/// A whole canary and a way back under load, and what must hold of every answer.
struct Rollout {
    static let attempt: UInt64 = 7
    /// In basis points; then everything goes back.
    static let weights = [0, 100, 500, 2_500, 5_000, 10_000]
    /// Answers of each table before the next one comes.
    static let answersPerStep = 4_000

    let site: RouterSite
    var load: Load

    static func weight(of epoch: UInt64) -> Int {
        weights.indices.contains(Int(epoch) - 1) ? weights[Int(epoch) - 1] : 0
    }

    static func table(_ epoch: UInt64) -> RouteTable {
        Tables()(epoch, stable: "A", candidate: "B", weight: weight(of: epoch), attempt: attempt)
    }

    static var lastEpoch: UInt64 { UInt64(weights.count) + 1 }

    /// - Parameter probe: asks the router once, over a connection of its own.
    mutating func run(probe: @Sendable (_ key: String) async throws -> String) async throws {
        for epoch in 1...Self.lastEpoch {
            site.controller.publish(Self.table(epoch))
            try await site.waitForAck(of: epoch)
            if epoch == Self.lastEpoch {
                // What begins after the acknowledgement goes nowhere but to stable.
                for number in 0..<200 {
                    let answer = try await probe("user-\(number)")
                    #expect(answer.hasPrefix("stable"), "after the rollback: \(answer)")
                }
            }
            var (read, seen) = (load.answers.count, 0)
            await load.read { answers in
                while read < answers.count {
                    if answers[read].epoch == epoch { seen += 1 }
                    read += 1
                }
                return seen >= Self.answersPerStep
            }
        }
        try await load.end()
    }

    /// - Parameter agrees: whether every key must go where Cairn's own router sends it.
    func check(agrees: Bool) throws {
        let summary = try #require(load.summary)
        #expect(load.answers.count > 7 * Self.answersPerStep)
        #expect(summary.dropFirst(2) == [0, 0, 0, 0, 0], "connect, read, write, status, timeout")
        #expect(load.answers.allSatisfy { $0.status == 200 })
        for epoch in 1...Self.lastEpoch { checkShare(of: epoch, agrees: agrees) }
        checkMoves()
    }

    /// 99.9 % binomial band over the keys that came: 3.29 standard deviations.
    private func checkShare(of epoch: UInt64, agrees: Bool) {
        let arms = Dictionary(
            load.answers.filter { $0.epoch == epoch }.map { ($0.key, $0.arm) },
            uniquingKeysWith: { first, second in
                #expect(first == second, "a key of epoch \(epoch) went to both")
                return first
            })
        let weight = BasisPoints(Self.weight(of: epoch))!
        let (n, p) = (Double(arms.count), weight.fraction)
        let hits = arms.count { $0.value == "candidate" }
        #expect(
            (Double(hits) - n * p).magnitude <= 3.29 * (n * p * (1 - p)).squareRoot() + 0.5,
            "epoch \(epoch), \(weight): \(hits) of \(arms.count) keys")
        guard agrees else { return }
        let strays = arms.count { key, arm in
            StickyRouting.arm(for: Array(key.utf8), attempt: Self.attempt, weight: weight).rawValue
                != arm
        }
        #expect(strays == 0, "epoch \(epoch): keys that Cairn's own router sends elsewhere")
    }

    /// While weights rise, a key that was with the candidate stays there.
    private func checkMoves() {
        var first: [String: UInt64] = [:]
        let rising = load.answers.filter { $0.epoch < Self.lastEpoch }
        for answer in rising where answer.arm == "candidate" {
            first[answer.key] = min(first[answer.key] ?? .max, answer.epoch)
        }
        let back = rising.filter { $0.arm == "stable" && $0.epoch > first[$0.key] ?? .max }
        #expect(back.isEmpty, "\(back.prefix(3))")
        #expect(first.count > 1_000)
        let again = Set(rising.filter { $0.epoch > first[$0.key] ?? .max }.map(\.key))
        #expect(again.count > 1_000, "keys that could be seen to move back")
    }
}
