import LinuxHost
import Testing

@Suite struct ProcessFiguresTests {
    @Test func thisProcessHasFigures() {
        let figures = ProcessFigures()
        #expect(figures.residentByteCount > 1 << 20)
        #expect(figures.openDescriptorCount >= 1)
        #expect(figures.threadCount >= 1)
        #expect(figures.startedUnixSeconds > 1_600_000_000)
    }
}
