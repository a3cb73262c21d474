import Rendering
import Synchronization

/// Shows long work on standard error: a bar on a terminal, else a line for each tenth.
public final class ProgressDisplay: Sendable {
    private let terminal: Terminal
    private let title: String
    private let areBytes: Bool
    private let start = ContinuousClock.now
    private let state = Mutex<(last: ProgressLine?, drawn: ContinuousClock.Instant?)>((nil, nil))

    /// A bar is not drawn more often: a fast transfer shall not wait for its picture.
    private static let interval = Duration.milliseconds(50)

    public init(_ title: String, areBytes: Bool, on terminal: Terminal) {
        (self.title, self.areBytes, self.terminal) = (title, areBytes, terminal)
    }

    public func update(done: UInt64, total: UInt64) {
        let now = ContinuousClock.now
        let line = ProgressLine(
            title, done: done, total: total, elapsedMilliseconds: (now - start).milliseconds,
            areBytes: areBytes)
        state.withLock { state in
            if terminal.isTerminal {
                if let drawn = state.drawn, now - drawn < Self.interval, done < total { return }
                state.drawn = now
                let text = line.line(width: terminal.columns - 1).text(inColor: terminal.inColor)
                terminal.write("\r" + text + "\u{1B}[K")
            } else if let text = line.milestone(since: state.last) {
                terminal.print(text)
            }
            state.last = line
        }
    }

    /// Takes the bar away; what follows says what was done.
    public func finish() {
        if terminal.isTerminal, state.withLock({ $0.drawn != nil }) { terminal.write("\r\u{1B}[K") }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
