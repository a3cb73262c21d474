import Glibc
import Rendering
import Testing

@testable import Terminal

@Suite struct LiveViewTests {
    @Test func aFrameFitsTheScreenAndClearsWhatWasThere() {
        let lines = (1...5).map { Painted("line \($0) that is too long") }
        let frame = LiveView.frame(lines, rows: 3, columns: 10, false)
        #expect(
            frame
                == "\u{1B}[Hline 1 th…\u{1B}[K\r\nline 2 th…\u{1B}[K\r\n… 3 more lines\u{1B}[K\u{1B}[J"
        )
        #expect(LiveView.frame([], rows: 3, columns: 10, false) == "\u{1B}[H\u{1B}[J")
    }

    @Test func aPipeHasNeitherEdgeNorColour() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let terminal = Terminal(ends[1], environment: [:])
        #expect(!terminal.isTerminal)
        #expect(!terminal.inColor)
        terminal.print([Painted("red", .bad)])
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = read(ends[0], &bytes, 16)
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == "red\n")
        for end in ends { close(end) }
    }
}
