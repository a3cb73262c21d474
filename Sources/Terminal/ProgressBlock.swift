import Rendering

/// A few lines at the bottom of the terminal that are drawn over and over, in place.
public struct ProgressBlock {
    private let terminal: Terminal
    private var count = 0

    public init(on terminal: Terminal) { self.terminal = terminal }

    /// Each line is cut where the terminal ends: one that wraps could not be drawn over.
    public mutating func draw(_ lines: [Painted]) {
        terminal.write(
            Self.frame(
                lines, over: count, columns: terminal.columns - 1, inColor: terminal.inColor))
        count = lines.count
    }

    /// Takes the lines away.
    public mutating func clear() {
        if count > 0 { terminal.write(Self.up(count) + "\r\u{1B}[J") }
        count = 0
    }

    /// Source: ECMA-48, CUU, EL and ED.
    static func frame(_ lines: [Painted], over count: Int, columns: Int, inColor: Bool) -> String {
        let body = lines.map { $0.cut(columns).text(inColor: inColor) + "\u{1B}[K\r\n" }.joined()
        return (count > 0 ? up(count) + "\r" : "") + body + "\u{1B}[J"
    }

    private static func up(_ count: Int) -> String { "\u{1B}[\(count)A" }
}
