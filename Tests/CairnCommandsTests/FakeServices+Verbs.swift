import Messages
import Ports

/// What an operator does with a rollout that is under way.
extension FakeServices {
    static func addOperatorVerbs(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.skipStep) { request, _ in
            try reply("skipped step 2", request.expectation)
        }
        routes.unary(ControllerMethods.goToStep) { request, _ in
            try reply("went to step \(request.toStep + 1)", request.expectation)
        }
        routes.unary(ControllerMethods.abort) { request, _ in
            try reply(
                "aborted, \(request.quarantine ? "kept out" : "without blame")", request.expectation
            )
        }
        routes.unary(ControllerMethods.quarantine) { request, _ in
            try reply("v\(request.number) is kept out", request.expectation)
        }
        routes.unary(ControllerMethods.setFreezeWindow) { request, _ in
            let window = request.window ?? FreezeWindow()
            return try reply(
                request.remove
                    ? "removed \(window.name)"
                    : "\(window.name): \(window.fromUnixMs) to \(window.untilUnixMs), every "
                        + "\(window.everyMs)", request.expectation)
        }
        routes.unary(ControllerMethods.answerHook) { request, _ in
            guard request.key.hasPrefix(request.target) else {
                throw RPCError(.notFound, "no hook is called with the key '\(request.key)'")
            }
            return HookAnswered(changed: request.yes)
        }
        routes.unary(ControllerMethods.getVerdicts) { request, _ in
            var verdict = VerdictRecord(
                sequence: 17, attempt: 2, guardName: "errors", kind: "arm_eprocess",
                statistic: 6.25, bound: 5.3, stableRequests: 1_000, stableFailures: 10,
                candidateRequests: 60, candidateFailures: 7, detectable: 0.034, atUnixMs: start,
                why: "the candidate fails more often: 7 of 60 against 10 of 1000",
                inputs: ["at 5.0 %: 7 on the candidate, 10 on the reference"], recomputed: 6.25,
                confirmed: true)
            if request.target == "prod/edited" {
                (verdict.recomputed, verdict.confirmed) = (1, false)
            }
            if request.target == "prod/calm" { return VerdictList(recordCount: 12) }
            return VerdictList(verdicts: [verdict], recordCount: 30)
        }
    }
}
