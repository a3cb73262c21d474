import CairnCore
import Simulation
import Statistics

/// What one value costs the detectors, the evidence and the sketches of live streams.
struct DetectorBench {
    private let count: Int
    private let rounds: Int

    init(_ options: BenchOptions) throws {
        count = try options.number("values", or: 2_000_000)
        rounds = try options.number("rounds", or: 7)
    }

    func run() {
        var random = TrialRandom(seed: 1, trial: 0)
        let normals = (0..<count).map { _ in random.normal() }
        let bits = (0..<count).map { _ in random.coin(0.05) ? 1.0 : 0 }
        print(
            """
            ## What one value costs

            `cairn-bench detectors`: \(count) values, the median of \(rounds) rounds, one thread. \
            For comparison river 0.26.1
            needs 131 ns for ADWIN and 463 ns for Page–Hinkley (statistics.md §8, another run).

            | | values | ns a value |
            | --- | --- | --- |
            """)
        row("ADWIN", "errors, 5 %", bits) {
            ADWIN()
        } add: {
            _ = $0.add($1)
        }
        row("ADWIN", "N(0, 1)", normals) {
            ADWIN()
        } add: {
            _ = $0.add($1)
        }
        row("Page–Hinkley", "N(0, 1)", normals) {
            PageHinkley()
        } add: {
            _ = $0.add($1)
        }
        row("CUSUM", "N(0, 1)", normals) {
            CUSUM(mean: 0, slack: 0.5, threshold: 20)!
        } add: {
            _ = $0.add($1)
        }
        row("DDM", "errors, 5 %", bits) {
            DDM()
        } add: {
            _ = $0.add($1)
        }
        row("KS window, 100 of which 30", "N(0, 1)", Array(normals.prefix(count / 50))) {
            KSWindow()!
        } add: {
            _ = $0.add($1)
        }
        row("arm e-process, each failure", "", bits) {
            ArmEProcess()
        } add: {
            $0.add(
                failuresCandidate: Int($1), failuresStable: 1 - Int($1), weight: 0.05)
        }
        row("t mixture, each pair", "N(0, 1)", normals) {
            StudentMixtureTest(mixingVariance: 0.05)!
        } add: {
            $0.add(0, $1)
        }
        row("quantile sketch, size 1024", "N(0, 1)", normals) {
            QuantileSketch(stream: 1)
        } add: {
            $0.add($1)
        }
        row("quantile sketch, size 256", "N(0, 1)", normals) {
            QuantileSketch(size: 256, stream: 1)
        } add: {
            $0.add($1)
        }
    }

    private func row<State>(
        _ name: String, _ what: String, _ values: [Double], _ make: () -> State,
        add: (inout State, Double) -> Void
    ) {
        var times: [Int64] = []
        for _ in 0..<rounds {
            var state = make()
            let start = nanoseconds()
            for value in values { add(&state, value) }
            times.append(nanoseconds() - start)
            withExtendedLifetime(state) {}
        }
        let tenths = Int(quantile(times.sorted(), 0.5) * 10 / Double(values.count))
        print("| \(name) | \(what) | \(tenths / 10).\(tenths % 10) |")
    }
}
