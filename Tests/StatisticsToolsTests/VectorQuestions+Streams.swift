import CairnTestKit
import StatisticsTools
import Testing

/// Kinds whose input arrives row by row.
extension VectorQuestions {
    static let streams: [String: Question] = [
        "msprt_normal": { question in
            // The file's difference is y − x; the tool's is a − b.
            let rows = zip(try question.numbers("y"), try question.numbers("x")).map { [$0, $1] }
            let settings = question.settings([
                "variance": "sigma2", "mixing-variance": "tau2", "alpha": "alpha",
            ])
            let got: VectorInput.Streamed
            do {
                got = try question.stream("msprt", rows, settings)
            } catch is StatError {
                return ["status": .string("invalid_input")]
            }
            let at = question.points.map { got.answers[$0] ?? [:] }
            return [
                "status": got.end["status"] ?? .null,
                "first_reject_n": got.end["first_reject_n"] ?? .null,
                "at": .array(at.map { $0["pairs"] ?? .null }),
                "log_lambda": .array(at.map { $0["log_lambda"] ?? .null }),
                "p_always_valid": .array(at.map { $0["p_always_valid"] ?? .null }),
                "ci95": .array(at.map { $0["interval"] ?? .null }),
            ]
        },
        "beta_mixture_bernoulli": { question in
            let got = try question.stream(
                "beta-mixture", question.numbers("bits").map { [$0] },
                question.settings(["rate": "p0", "prior-a": "a", "prior-b": "b", "alpha": "alpha"]))
            return evidence(got)
        },
        "arm_eprocess": { question in
            let events = try #require(question.input["events"]?.array)
            let rows = try events.map { event in
                [try #require(event[1]?.double), try #require(event[0]?.double)]
            }
            return evidence(
                try question.stream(
                    "arm-eprocess", rows, question.settings(["grid": "grid", "alpha": "alpha"])))
        },
        "adwin": { question in
            let got = try question.stream(
                "adwin", question.numbers("stream").map { [$0] },
                question.settings([
                    "delta": "delta", "clock": "clock", "max-buckets": "max_buckets",
                    "min-window": "min_window_length", "grace": "grace_period",
                ]))
            var answer = drifts(got)
            (answer["final_width"], answer["final_mean"]) = (got.end["width"], got.end["mean"])
            answer["width_after_cut"] = .array(got.events.map { figure("width", of: $0.event) })
            return answer
        },
        "page_hinkley": { question in
            drifts(
                try question.stream(
                    "page-hinkley", question.numbers("stream").map { [$0] },
                    question.settings([
                        "min-count": "min_instances", "delta": "delta", "threshold": "threshold",
                        "fading": "alpha", "direction": "mode",
                    ])))
        },
        "cusum": { question in
            let got = try question.stream(
                "cusum", question.numbers("stream").map { [$0] },
                question.settings(["mean": "mean0", "slack": "slack", "threshold": "threshold"]))
            return [
                "alarms": .array(
                    got.events.map { index, event in
                        .array([
                            .number(Double(index)),
                            .string(event.signal == "drift up" ? "up" : "down"),
                        ])
                    })
            ]
        },
        "ddm": { question in
            let got = try question.stream(
                "ddm", question.numbers("stream").map { [$0] },
                question.settings([
                    "warm-start": "warm_start", "warning": "warning_threshold",
                    "drift": "drift_threshold",
                ]))
            var answer = drifts(got)
            answer["first_warning_at"] = got.end["first_warning_at"]
            answer["warning_count"] = got.end["warnings"]
            return answer
        },
        "ks_window": { question in
            let got = try question.stream(
                "ks-window", question.numbers("stream").map { [$0] },
                question.settings(["window": "window", "recent": "recent", "alpha": "alpha"]))
            return [
                "hits": .array(
                    got.events.map { index, event in
                        .array([
                            .number(Double(index)), figure("D", of: event), figure("p", of: event),
                        ])
                    })
            ]
        },
    ]

    /// As told while the values came; the answer at the end must say the same.
    private static func drifts(_ got: VectorInput.Streamed) -> [String: JSONValue] {
        let told = got.events.filter(\.event.isHit).map { JSONValue.number(Double($0.index)) }
        #expect(got.end["drift_at"] == .array(told))
        return ["drift_at": .array(told)]
    }

    private static func evidence(_ got: VectorInput.Streamed) -> [String: JSONValue] {
        [
            "log_e_final": got.end["log_e_final"] ?? .null,
            "first_reject_n": got.end["first_reject_n"] ?? .null,
            "log_e_at": .object(
                Dictionary(
                    uniqueKeysWithValues: got.answers.map {
                        ("\($0.key)", $0.value["log_e_final"] ?? .null)
                    })),
        ]
    }

    private static func figure(_ key: String, of event: StatEvent) -> JSONValue {
        switch event.figures.first(where: { $0.key == key })?.value {
        case .number(let number): .number(number)
        case .count(let count): .number(Double(count))
        default: .null
        }
    }
}
