import Rendering

/// A picture that is drawn over and over on the terminal's second screen, so that what stood there
/// before comes back at the end.
public struct LiveView: ~Copyable {
    private let terminal: Terminal

    /// Source: ECMA-48 and xterm's private modes 1049 (second screen) and 25 (cursor).
    private static let begin = "\u{1B}[?1049h\u{1B}[?25l"
    private static let end = "\u{1B}[?25h\u{1B}[?1049l"

    public init(on terminal: Terminal) {
        self.terminal = terminal
        terminal.write(Self.begin)
    }

    /// Restores the terminal; the scope that opened the view ends it, however it is left.
    deinit { terminal.write(Self.end) }

    /// Draws what fits, from the top; the last row says when there is more.
    public func draw(_ lines: [Painted]) {
        terminal.write(
            Self.frame(lines, rows: terminal.rows, columns: terminal.columns, terminal.inColor))
    }

    static func frame(_ lines: [Painted], rows: Int, columns: Int, _ inColor: Bool) -> String {
        var shown = lines.map { $0.cut(columns) }
        if shown.count > rows {
            let hidden = shown.count - rows + 1
            shown = Array(shown.prefix(rows - 1)) + [Painted("… \(hidden) more lines", .faint)]
        }
        // Each line clears its own rest, then everything below is cleared: nothing flickers.
        let body = shown.map { $0.text(inColor: inColor) + "\u{1B}[K" }.joined(separator: "\r\n")
        return "\u{1B}[H" + body + "\u{1B}[J"
    }
}
