import CairnCore
import Messages
import Specs
import Testing
import YAMLFiles

@Suite struct TargetFileTests {
    static let whole = """
        target: prod/chat
        model: chat
        suite: standard
        plan:
          steps:
            - {weight: 5%, bake: 30s, bake_requests: 500, warm: 5s}
            - {weight: 2500bp, manual_gate: true, gate_expiry: 1h, gate_expiry_policy: roll_back}
            - weight: 100%
          guards:
            - {name: errors, kind: arm_eprocess, alpha: 0.01}
            - {name: hard, kind: failure_rate_max, bound: 5%, requests_min: 50, observe: true}
          watch: {duration: 24h, policy: alert, failure_rate_max: 0.1}
          rollback: {deadline: 10s, verify_requests: 20, quiet: 500ms}
          ack_deadline: 5s
          on_inconclusive: reject
          agents_min: 2
        """

    private func spec(_ text: String) throws -> TargetSpec {
        try TargetFile.spec(try YAMLFile.value(of: text))
    }

    @Test func aWholeTargetIsRead() throws {
        let plan = PlanSpec(
            steps: [
                PlanStep(weightBp: 500, bakeMs: 30_000, bakeRequests: 500, warmMs: 5_000),
                PlanStep(
                    weightBp: 2_500, manualGate: true, gateExpiryMs: 3_600_000,
                    gateExpiryPolicy: "roll_back"),
                PlanStep(weightBp: 10_000),
            ],
            guards: [
                GuardSpec(name: "errors", kind: "arm_eprocess", alpha: 0.01),
                GuardSpec(
                    name: "hard", kind: "failure_rate_max", bound: 0.05, requestsMin: 50,
                    observe: true),
            ],
            watch: WatchSpec(durationMs: 86_400_000, policy: "alert", failureRateMax: 0.1),
            rollback: RollbackSpec(deadlineMs: 10_000, verifyRequests: 20, quietMs: 500),
            ackDeadlineMs: 5_000, onInconclusive: "reject", agentsMin: 2)
        #expect(
            try spec(Self.whole)
                == TargetSpec(target: "prod/chat", model: "chat", plan: plan, suite: "standard"))
    }

    @Test(arguments: [
        ("prod/chat", "chat", "line 1, column 9: 'chat' is not a target"),
        ("weight: 5%", "weight: 5", "line 6, column 16: expected a share of traffic"),
        ("weight: 5%", "weigth: 5%", "line 6, column 8: unknown key 'weigth' in a step; did you"),
        ("bake: 30s", "bake: 0s", "expected a duration over zero"),
        ("bake: 30s", "bake: 90d", "expected at most 49 days"),
        ("reject", "rejekt", "line 15, column 20: expected one of hold, reject, proceed"),
        (" bound: 5%,", "", "a guard needs 'bound'"),
        ("observe: true", "observe: yes", "expected true or false and not 'yes'"),
        ("bound: 5%", "bound: 5", "expected a rate from 0 to 1"),
    ])
    func errorsPointAtTheLine(old: String, new: String, words: String) {
        var text = Self.whole
        text.replace(old, with: new, maxReplacements: 1)
        #expect {
            try spec(text)
        } throws: {
            "\($0)".contains(words)
        }
    }

    @Test func aPlanWithoutStepsIsRefused() {
        #expect(throws: ConfigError.self) {
            try spec("target: a/b\nmodel: m\nplan: {steps: []}")
        }
    }
}
