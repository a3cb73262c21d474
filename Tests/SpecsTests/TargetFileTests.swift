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

    @Test func theWatchsDetectorsAreRead() throws {
        let text = Self.whole.replacing(
            "watch: {duration: 24h, policy: alert, failure_rate_max: 0.1}",
            with: """
                watch:
                    run_length: 30d
                    window: 10s
                    detectors:
                      - {name: slow, kind: adwin_latency}
                      - {name: scores, kind: cusum_scores, smallest_effect: 0.02}
                      - {name: ms, kind: cusum_latency, smallest_effect: 20%, policy: alert}
                      - {name: length, kind: psi, column: input.length}
                """)
        #expect(
            try spec(text).plan?.watch
                == WatchSpec(
                    runLengthMs: 30 * 86_400_000, windowMs: 10_000,
                    detectors: [
                        DetectorSpec(name: "slow", kind: "adwin_latency"),
                        DetectorSpec(name: "scores", kind: "cusum_scores", smallestEffect: 0.02),
                        DetectorSpec(
                            name: "ms", kind: "cusum_latency", smallestEffect: 0.2,
                            policy: "alert"),
                        DetectorSpec(name: "length", kind: "psi", column: "input.length"),
                    ]))
        for (wrong, why) in [
            ("kind: psi, column: input.length", "kind: psi"), ("kind: psi", "kind: ks"),
            ("kind: adwin_latency", "kind: adwin_latency, column: score"),
            ("kind: adwin_latency", "kind: adwin_latency, smallest_effect: 1"),
        ] {
            #expect(throws: ConfigError.self, "\(why)") {
                try spec(text.replacing(wrong, with: why))
            }
        }
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

    @Test func kindsOfStepsHooksAndPinsAreRead() throws {
        let text = """
            target: prod/chat
            model: chat
            plan:
              steps:
                - {mirror: 10%, bake_requests: 200}
                - {experiment: 5%, bake: 1m, bake_events: 30}
                - {hook: load-test, deadline: 2h}
                - {weight: 25bp, ramp: {over: 10m, parts: 5}}
              guards:
                - {name: p95, kind: arm_eprocess_latency, events_min: 20, margin: 1%}
                - {name: score, kind: sequential_score_means, effect: 0.3}
              rollback: {ramp: {over: 30s, parts: 4}, window: 72h}
              deadline: 6h
              on_deadline: hold
              on_unsure: roll_back
              hooks:
                - {name: load-test, point: step, timeout: 10s, retries: 0, on_failure: hold}
                - {name: chat-room, point: event}
              pins:
                - {cohort: staff, arm: candidate}
                - {prefix: "bank-", arm: stable}
            """
        let plan = PlanSpec(
            steps: [
                PlanStep(bakeRequests: 200, kind: "mirror", mirrorBp: 1_000),
                PlanStep(weightBp: 500, bakeMs: 60_000, bakeEvents: 30, kind: "experiment"),
                PlanStep(weightBp: 500, kind: "hook", hook: "load-test", deadlineMs: 7_200_000),
                PlanStep(weightBp: 25, rampMs: 600_000, rampParts: 5),
            ],
            guards: [
                GuardSpec(name: "p95", kind: "arm_eprocess_latency", eventsMin: 20, margin: 0.01),
                GuardSpec(name: "score", kind: "sequential_score_means", effect: 0.3),
            ],
            rollback: RollbackSpec(rampMs: 30_000, rampParts: 4, windowMs: 259_200_000),
            onUnsure: "roll_back", deadlineMs: 21_600_000, onDeadline: "hold",
            hooks: [
                HookSpec(
                    name: "load-test", point: "step", timeoutMs: 10_000, retries: 0,
                    onFailure: "hold"),
                HookSpec(name: "chat-room", point: "event", retries: 3),
            ],
            pins: [
                PinSpec(cohort: "staff", arm: "candidate"), PinSpec(prefix: "bank-", arm: "stable"),
            ])
        #expect(try spec(text).plan == plan)
    }

    @Test(arguments: [
        ("{mirror: 10%, weight: 5%}", "a step that is a mirror has no weight of its own"),
        ("{mirror: 10%, hook: x}", "a step is a mirror or a hook, not both"),
        ("{weight: 5%, ramp: {over: 1m}}", "parts"),
        ("{weight: 5%, ramp: {over: 1m, parts: 1}}", "2"), ("{bake: 1m}", "weight"),
    ]) func aStepThatIsNoneIsRefused(step: String, reason: String) {
        let text = "target: prod/chat\nmodel: chat\nplan: {steps: [\(step)]}"
        do throws(ConfigError) {
            _ = try TargetFile.spec(try YAMLFile.value(of: text))
            Issue.record("\(step) was read")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
        }
    }
}
