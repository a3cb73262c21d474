import CairnTestKit
import Testing

@testable import Statistics

/// Kinds whose input is a stream: sequential tests and drift detectors.
extension VectorAnswers {
    static let sequential: [String: Answer] = [
        "arm_eprocess": { input in
            var process = try #require(ArmEProcess(grid: try input.numbers("grid")))
            let alpha = try input.number("alpha")
            let events = try #require(input["events"]?.array)
            var (at, firstReject): ([String: JSONValue], JSONValue) = ([:], .null)
            for (index, event) in events.enumerated() {
                let isCandidate = event[1]?.int == 1
                process.add(
                    failuresCandidate: isCandidate ? 1 : 0, failuresStable: isCandidate ? 0 : 1,
                    weight: try #require(event[0]?.double))
                at["\(index + 1)"] = .number(process.logEvidence)
                if firstReject == .null && process.rejects(atLevel: alpha) {
                    firstReject = .number(Double(index + 1))
                }
            }
            return [
                "log_e_final": .number(process.logEvidence), "log_e_at": .object(at),
                "first_reject_n": firstReject,
            ]
        },
        "beta_mixture_bernoulli": { input in
            var test = try #require(
                BetaMixtureTest(
                    rate: try input.number("p0"), a: try input.number("a"),
                    b: try input.number("b")))
            let alpha = try input.number("alpha")
            var (at, firstReject): ([String: JSONValue], JSONValue) = ([:], .null)
            for (index, bit) in try input.integers("bits").enumerated() {
                test.add(successes: bit, failures: 1 - bit)
                at["\(index + 1)"] = .number(test.logEvidence)
                if firstReject == .null && test.rejects(atLevel: alpha) {
                    firstReject = .number(Double(index + 1))
                }
            }
            return [
                "log_e_final": .number(test.logEvidence), "log_e_at": .object(at),
                "first_reject_n": firstReject,
            ]
        },
        "msprt_normal": mixtureSPRT,
        "group_sequential": { input in
            let name = input["spending"]?.string ?? ""
            let spending = try #require(GroupSequentialTest.Spending(rawValue: name))
            let boundaries = GroupSequentialTest.boundaries(
                informationFractions: try input.numbers("information_fractions"),
                alpha: try input.number("alpha"), spending: spending)
            return ["z_boundaries": list(try #require(boundaries))]
        },
    ]

    /// Answers at the numbers of pairs that the case asks for.
    private static let mixtureSPRT: Answer = { input in
        guard
            var test = MixtureSPRT(
                variance: try input.number("sigma2"), mixingVariance: try input.number("tau2"))
        else { return ["status": .string(TestStatus.invalidInput.rawValue)] }
        let alpha = try input.number("alpha")
        let wanted = input["at"]?.ints ?? []
        var (at, logs, ps, intervals): ([Int], [Double], [Double], [JSONValue]) = ([], [], [], [])
        var firstReject = JSONValue.null
        for (x, y) in zip(try input.numbers("x"), try input.numbers("y")) {
            test.add(x, y)
            if firstReject == .null && test.rejects(atLevel: alpha) {
                firstReject = .number(Double(test.pairCount))
            }
            if test.status == .ok && wanted.contains(test.pairCount) {
                at.append(test.pairCount)
                logs.append(try #require(test.logEvidence))
                ps.append(try #require(test.alwaysValidP))
                intervals.append(try #require(pair(test.interval(alpha: alpha))))
            }
        }
        return [
            "status": .string(test.status.rawValue), "at": list(at), "log_lambda": list(logs),
            "p_always_valid": list(ps), "ci95": .array(intervals), "first_reject_n": firstReject,
        ]
    }

    static let drift: [String: Answer] = [
        "adwin": { input in
            let settings = try #require(
                ADWIN.Settings(
                    delta: try input.number("delta"), clock: try input.integer("clock"),
                    bucketsPerRow: try input.integer("max_buckets"),
                    minimumPart: try input.integer("min_window_length"),
                    gracePeriod: try input.integer("grace_period")))
            var window = ADWIN(settings)
            var widths: [Int] = []
            let drifts = try input.driftIndices {
                let signal = window.add($0)
                if signal.isDrift { widths.append(window.width) }
                return signal
            }
            var answer = fields([
                "final_width": Double(window.width), "final_mean": window.mean,
            ])
            answer["drift_at"] = list(drifts)
            answer["width_after_cut"] = list(widths)
            return answer
        },
        "page_hinkley": { input in
            var settings = PageHinkley.Settings()
            settings.minimumCount = try input.integer("min_instances")
            settings.delta = try input.number("delta")
            settings.threshold = try input.number("threshold")
            settings.fading = try input.number("alpha")
            settings.mode = try #require(
                PageHinkley.Mode(rawValue: input["mode"]?.string ?? "both"))
            var detector = PageHinkley(settings)
            return ["drift_at": list(try input.driftIndices { detector.add($0) })]
        },
        "ddm": { input in
            var settings = DDM.Settings()
            settings.warmStart = try input.integer("warm_start")
            settings.warningDeviations = try input.number("warning_threshold")
            settings.driftDeviations = try input.number("drift_threshold")
            var detector = DDM(settings)
            let signals = try input.numbers("stream").map { detector.add($0) }
            let warnings = signals.indices.filter { signals[$0] == .warning }
            return [
                "drift_at": list(signals.indices.filter { signals[$0].isDrift }),
                "first_warning_at": warnings.first.map { .number(Double($0)) } ?? .null,
                "warning_count": .number(Double(warnings.count)),
            ]
        },
        "cusum": { input in
            var detector = try #require(
                CUSUM(
                    mean: try input.number("mean0"), slack: try input.number("slack"),
                    threshold: try input.number("threshold")))
            let names: [DriftSignal: String] = [.driftUp: "up", .driftDown: "down"]
            let alarms = try input.numbers("stream").enumerated().compactMap { index, value in
                names[detector.add(value)].map {
                    JSONValue.array([.number(Double(index)), .string($0)])
                }
            }
            return ["alarms": .array(alarms)]
        },
        "ks_window": { input in
            var detector = try #require(
                KSWindow(
                    windowSize: try input.integer("window"),
                    recentSize: try input.integer("recent"), alpha: try input.number("alpha")))
            let hits = try input.driftIndices {
                detector.add($0)
            } hit: { index in
                let hit = detector.lastHit
                return list([Double(index), hit?.statistic ?? .nan, hit?.p ?? .nan])
            }
            return ["hits": .array(hits)]
        },
        "psi": { input in
            let (reference, current) = (
                try input.numbers("reference"), try input.numbers("current")
            )
            let epsilon = try input.number("epsilon")
            let test: PopulationStability
            if input["binning"]?.string == "edges" {
                test = PopulationStability(
                    reference: reference, current: current, edges: try input.numbers("edges"),
                    epsilon: epsilon)
            } else {
                test = PopulationStability(
                    reference: reference, current: current, bins: try input.integer("bins"),
                    epsilon: epsilon)
            }
            var answer = fields([
                "psi": test.index, "null_threshold_alpha_0.01": test.nullThreshold(alpha: 0.01),
            ])
            answer["status"] = .string(test.status.rawValue)
            answer["edges"] = list(test.edges)
            answer["counts_reference"] = list(test.referenceCounts)
            answer["counts_current"] = list(test.currentCounts)
            answer["drift_calibrated"] = .bool(test.isDrift(alpha: 0.01))
            return answer
        },
        "jensen_shannon": { input in
            let test = JensenShannon(try input.numbers("p"), try input.numbers("q"))
            var answer = fields([
                "divergence_nats": test.nats, "divergence_bits": test.bits,
                "distance_base2": test.distance,
            ])
            answer["status"] = .string(test.status.rawValue)
            return answer
        },
    ]
}

extension JSONValue {
    /// The indices of the stream at which a detector says drift.
    func driftIndices(_ add: (Double) throws -> DriftSignal) throws -> [Int] {
        try numbers("stream").enumerated().compactMap { try add($1).isDrift ? $0 : nil }
    }

    /// What `hit` tells of each index at which a detector says drift.
    func driftIndices<Hit>(
        _ add: (Double) throws -> DriftSignal, hit: (Int) throws -> Hit
    ) throws -> [Hit] {
        try numbers("stream").enumerated().compactMap { try add($1).isDrift ? try hit($0) : nil }
    }
}
