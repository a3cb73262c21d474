import CLinux
import Glibc
import Rendering

/// Where a command prints: a person's terminal, or a pipe.
public struct Terminal: Sendable {
    public let descriptor: Int32
    public let isTerminal: Bool
    /// Colours appear on terminals only, and not where NO_COLOR is set (no-color.org) or TERM is dumb.
    public let inColor: Bool

    public init(_ descriptor: Int32, environment: [String: String]) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        inColor =
            isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// For a pipe there is no edge; 80 where a terminal does not say.
    public var columns: Int {
        guard isTerminal else { return 100_000 }
        let columns = Int(cairn_terminal_columns(descriptor))
        return columns > 0 ? columns : 80
    }

    public var rows: Int {
        let rows = Int(cairn_terminal_rows(descriptor))
        return rows > 0 ? rows : 24
    }

    public func print(_ text: String) { write(text + "\n") }

    public func print(_ lines: [Painted]) {
        write(lines.map { $0.text(inColor: inColor) + "\n" }.joined())
    }

    public func print(_ table: TextTable) { print(table.lines(width: columns)) }

    func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// As they are: for pipes and files. A person's terminal obeys some bytes; see `Painted`.
    ///
    /// Ends the process quietly when nobody reads any more, as `cairn versions m | head` wants it.
    public func write(bytes: [UInt8]) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno == EPIPE {
                exit(0)
            } else if errno != EINTR {
                return
            }
        }
    }
}
