import Deployment
import Messages
import Ports

extension Event.Outcomes.Histogram {
    init(_ message: HistogramOutcomes) throws {
        guard message.counts.count <= Reference.Limits.cells,
            message.column < UInt32(Plan.Watch.Limits.detectors)
        else {
            throw RPCError(
                .invalidArgument,
                "a histogram of \(message.counts.count) cells for column \(message.column); at most "
                    + "\(Reference.Limits.cells) cells, columns from 0 to "
                    + "\(Plan.Watch.Limits.detectors - 1)")
        }
        self.init(
            epoch: message.epoch, arm: Deployment.Arm(message.arm), column: Int(message.column),
            counts: try message.counts.map { try Checks.count($0, "histograms") })
    }
}

extension HistogramSpec {
    init(_ column: Reference.Column) {
        self.init(column: column.name)
        switch column.cells {
        case .numbers(let edges): self.edges = edges
        case .names(let names): self.names = names
        }
    }
}

extension Plan.Detector {
    init(_ spec: DetectorSpec) throws {
        let kind: Kind
        switch spec.kind {
        case "adwin_latency": kind = .slowRate
        case "cusum_scores": kind = .scoreMeans(smallestEffect: spec.smallestEffect)
        case "cusum_latency":
            kind = .latencyMeans(
                smallestEffect: spec.smallestEffect == 0 ? 0.1 : spec.smallestEffect)
        case "psi":
            kind = .histogram(
                column: spec.column,
                smallestEffect: spec.smallestEffect == 0 ? 0.1 : spec.smallestEffect)
        default:
            throw RPCError(
                .invalidArgument,
                "detector \(spec.name.prefix(128)) is of kind '\(spec.kind.prefix(40))'; expected "
                    + "adwin_latency, cusum_scores, cusum_latency or psi")
        }
        self.init(name: spec.name, kind: kind)
        switch spec.policy {
        case "", "roll_back": rollsBack = true
        case "alert": rollsBack = false
        default:
            throw RPCError(
                .invalidArgument,
                "detector \(spec.name.prefix(128)) has the policy '\(spec.policy.prefix(40))'; "
                    + "expected roll_back or alert")
        }
    }
}
