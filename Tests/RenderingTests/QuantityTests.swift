import Rendering
import Testing

@Suite struct QuantityTests {
    @Test func numbersReadAsPeopleWriteThem() {
        #expect(Quantity.count(1_234_567) == "1,234,567")
        #expect(Quantity.count(-999) == "-999")
        #expect(Quantity.count(1, of: "file") == "1 file")
        #expect(
            [0, 999, 1_000, 1_500, 999_600, 28_000_000_000].map(Quantity.bytes)
                == ["0 B", "999 B", "1 kB", "1.5 kB", "1 MB", "28 GB"])
        #expect(
            [0, 999, 1_000, 4_260, 59_999, 60_000, 200_000, 7_500_000, 273_600_000].map {
                Quantity.duration(milliseconds: $0)
            } == [
                "0 ms", "999 ms", "1 s", "4.2 s", "59 s", "1 min", "3 min 20 s", "2 h 5 min",
                "3 d 4 h",
            ])
        #expect(Quantity.duration(milliseconds: -1_500) == "-1.5 s")
    }

    @Test func figuresKeepTheirSignificantDigits() {
        let cases: [(Double, String)] = [
            (0, "0"), (0.97123456, "0.97123"), (1, "1"), (12.5, "12.5"), (123_456, "123456"),
            (99.9999999, "100"), (0.00012345678, "0.00012346"), (1e-7, "1e-7"), (-0.5, "-0.5"),
            (2.5e12, "2.5e12"), (.nan, "–"), (.infinity, "∞"), (0.1 + 0.2, "0.3"),
        ]
        for (value, text) in cases { #expect(Quantity.figure(value) == text) }
    }

    @Test func barsAreFullOnlyAtTheEnd() {
        #expect(Bar.blocks(0, width: 4).text == "····")
        #expect(Bar.blocks(0.001, width: 4).text == "█···")
        #expect(Bar.blocks(0.999, width: 4).text == "███·")
        #expect(Bar.blocks(1, width: 4).text == "████")
        #expect(Bar.blocks(.nan, width: 4).text == "····")
    }

    @Test func progressIsABarOrALineForEachTenth() {
        var before: ProgressLine?
        var lines: [String] = []
        for done in stride(from: UInt64(0), through: 2_000_000, by: 150_000) {
            let now = ProgressLine(
                "pushing", done: done, total: 2_000_000, elapsedMilliseconds: Int64(done / 1000),
                areBytes: true)
            #expect(now.line(width: 80).count <= 80)
            if let line = now.milestone(since: before) { lines.append(line) }
            before = now
        }
        #expect(lines.first == "pushing: 10 %, 300 kB")
        #expect(lines.count == 9)
        #expect(
            before?.line(width: 80).text
                == "pushing  ███████████████████████·   97 %  1.95 MB of 2 MB  1 MB/s  50 ms left")
    }
}

@Suite struct PaintedTests {
    @Test func wrappingLosesNoWord() {
        let text = "a bb ccc dddd eeeee ffffff ggggggg"
        for width in 1...40 {
            let lines = Painted(text).wrapped(width)
            #expect(lines.allSatisfy { $0.count <= width }, "width \(width)")
            #expect(
                lines.map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " },
                "width \(width)")
        }
    }

    @Test func tablesDropEmptyColumnsAndCutTheLast() {
        var table = TextTable("name", "none", "size>", "note")
        table.add("a", "", "10", "a very long note that does not fit")
        table.add("bcd", "", "7", "short")
        #expect(
            table.lines(width: 24).map(\.text) == [
                "NAME  SIZE  NOTE", "a       10  a very long…", "bcd      7  short",
            ])
    }
}
