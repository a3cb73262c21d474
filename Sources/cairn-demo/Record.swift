import CairnCore
import Messages
import Synchronization

/// What the demo promised and what was seen.
struct Promise: Sendable {
    let text: String
    let seen: String
    let holds: Bool
}

/// What happened and when: the timeline, the promises, and every status of the target.
final class Record: Sendable {
    struct Moment: Sendable {
        let seconds: Double
        let text: String
    }

    /// The target at one moment, for the plots.
    struct Sample: Sendable {
        let seconds: Double
        let status: TargetStatus
    }

    private struct State {
        var moments: [Moment] = []
        var promises: [Promise] = []
        var samples: [Sample] = []
    }

    private let start = ContinuousClock.now
    private let state = Mutex(State())

    var seconds: Double { (ContinuousClock.now - start).inSeconds }
    var moments: [Moment] { state.withLock { $0.moments } }
    var promises: [Promise] { state.withLock { $0.promises } }
    var samples: [Sample] { state.withLock { $0.samples } }
    var allHold: Bool { promises.allSatisfy(\.holds) }

    func note(_ text: String) {
        let moment = Moment(seconds: seconds, text: text)
        state.withLock { $0.moments.append(moment) }
        print("\(Self.clock(moment.seconds))  \(text)")
    }

    func promise(_ text: String, seen: String, _ holds: Bool) {
        state.withLock { $0.promises.append(Promise(text: text, seen: seen, holds: holds)) }
        print("\(Self.clock(seconds))  \(holds ? "✓" : "✗ BROKEN:") \(text): \(seen)")
    }

    func add(_ status: TargetStatus) {
        let sample = Sample(seconds: seconds, status: status)
        state.withLock { $0.samples.append(sample) }
    }

    /// With one decimal.
    static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// `  12.34 s`.
    static func clock(_ seconds: Double) -> String {
        let hundredths = Int((seconds * 100).rounded())
        let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }
}
