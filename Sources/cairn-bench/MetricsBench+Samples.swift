import Dispatch
import Metrics
import Statistics

extension MetricsBench {
    /// Two samples against each other, and one against itself.
    static let sampleCases: Group = [
        "ttest": { bench in
            try bench.samples { (a, b) in
                let test = TTest.welch(a, b, workers: bench.workers)
                return [test.t ?? 0, test.degreesOfFreedom ?? 0]
            }
        },
        "ks": { bench in
            try bench.samples { (a, b) in
                [KolmogorovSmirnovTest(a, b, workers: bench.workers).statistic ?? 0]
            }
        },
        "mann_whitney": { bench in
            try bench.samples { (a, b) in
                [MannWhitneyTest(a, b, workers: bench.workers).u1 ?? 0]
            }
        },
        "psi10": { bench in
            try bench.samples { (a, b) in
                [PopulationStability(reference: a, current: b, workers: bench.workers).index ?? 0]
            }
        },
        "bootstrap": { bench in
            let a = try bench.column("a.f64", of: Double.self).array
            return Case(byteCount: 0) {
                let bootstrap = Bootstrap(meanOf: a, resamples: 1000, seed: 1)
                let interval = bootstrap.interval { (count, work) in
                    Blocks(count: count, workers: bench.workers, size: 1).forEach { part, _ in
                        work(part)
                    }
                }
                return [interval?.low ?? 0, interval?.high ?? 0]
            }
        },
    ]

    private func samples(
        _ values: @escaping ([Double], [Double]) throws -> [Double]
    ) throws -> Case {
        let (a, b) = (
            try column("a.f64", of: Double.self).array, try column("b.f64", of: Double.self).array
        )
        return Case(byteCount: 8 * (a.count + b.count)) { try values(a, b) }
    }
}
