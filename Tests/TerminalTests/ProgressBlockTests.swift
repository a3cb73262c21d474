import Rendering
import Testing

@testable import Terminal

@Suite struct ProgressBlockTests {
    @Test func linesAreDrawnOverThoseBefore() {
        let first = ProgressBlock.frame(["one", "two"], over: 0, columns: 10, inColor: false)
        #expect(first == "one\u{1B}[K\r\ntwo\u{1B}[K\r\n\u{1B}[J")
        let second = ProgressBlock.frame(["a line too long"], over: 2, columns: 10, inColor: false)
        #expect(second == "\u{1B}[2A\ra line to…\u{1B}[K\r\n\u{1B}[J")
    }
}
