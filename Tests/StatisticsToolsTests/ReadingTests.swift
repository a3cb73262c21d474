import StatisticsTools
import Testing

@Suite struct ReadingTests {
    private func tool(_ name: String) throws -> StatTool {
        try #require(StatTool.all.first { $0.name == name })
    }

    /// Texts of one or two files, in pieces of `size` bytes.
    private func read(
        _ name: String, _ texts: [String], _ settings: [String: String] = [:], pieces size: Int = 3
    ) throws -> StatData {
        let sources = texts.indices.map { "file\($0)" }
        var reader = try StatReader(
            try tool(name), StatSettings(settings), sources: sources)
        for (source, text) in texts.enumerated() {
            var table = TableReader()
            let take = { (row: TableReader.Row, columns: [String]) throws(StatError) in
                try reader.add(row, of: source, columns: columns)
            }
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                try table.append(rest.prefix(size), take)
                rest = rest.dropFirst(size)
            }
            try table.finish(take)
        }
        return try reader.finish()
    }

    private func complaint(
        _ name: String, _ texts: [String], _ settings: [String: String] = [:]
    ) throws -> String {
        do {
            let data = try read(name, texts, settings)
            return "no complaint: \(data)"
        } catch let error as StatError {
            return error.description
        }
    }

    @Test(arguments: [
        "old,new\n1,2\n3,4.5\n", "new,old\r\n2,1\r\n4.5,3", "old\tnew\n1\t2\n3\t4.5\n",
        "old;new\n1;2\n3;4.5\n", "\u{FEFF}old,new\n1,2\n\n3,4.5\n",
        "id,old,new\n\"x, y\",1,2\n\"two\nlines\",3,4.5\n",
        "{\"new\": 2, \"old\": 1}\n{\"old\": 3, \"new\": 4.5, \"more\": []}\n",
    ])
    func oneTableInManyForms(_ text: String) throws {
        for size in [1, 3, 1_000] {
            let data = try read("welch", [text], ["a": "new", "b": "old"], pieces: size)
            #expect(data.samples.map(\.numbers) == [[2, 4.5], [1, 3]], "pieces of \(size)")
            #expect(data.samples.map(\.name) == ["new", "old"])
        }
    }

    @Test func numbersWithoutAHeader() throws {
        #expect(try read("quantiles", ["1\n2.5\n-3e2\n"]).samples[0].numbers == [1, 2.5, -300])
        #expect(try read("welch", ["1 2\n3 4\n"]).samples.map(\.numbers) == [[1, 3], [2, 4]])
        #expect(try read("welch", ["1\n2", "3\n"]).samples.map(\.numbers) == [[1, 2], [3]])
        let listed = try read("welch", ["[1, 2]\n[3, 4]\n"], ["a": "2", "b": "1"])
        #expect(listed.samples.map(\.numbers) == [[2, 4], [1, 3]])
    }

    @Test func oneColumnSaysWhoseValueARowHas() throws {
        let text = "arm,ms\nold,1\nnew,2\nother,9\nnew,4\n"
        let data = try read("welch", [text], ["by": "arm", "value": "ms", "a": "new", "b": "old"])
        #expect(data.samples.map(\.numbers) == [[2, 4], [1]])
        #expect(try complaint("welch", [text], ["by": "arm"]).contains("--a and --b"))
    }

    @Test func theShorterColumnEndsInEmptyCells() throws {
        let data = try read("welch", ["a,b\n1,2\n3,\n,4\n"])
        #expect(data.samples.map(\.numbers) == [[1, 3], [2, 4]])
        #expect(data.samples.map(\.missingCount) == [1, 1])
    }

    @Test func ofPairsNoHalfIsDropped() throws {
        let text = "a,b\n1,2\n3,\n5,6\n"
        #expect(
            try complaint("t-paired", [text])
                == "line 3, column 'b': no value; expected a number (--nan omit leaves such rows "
                + "out)")
        let data = try read("t-paired", [text], ["nan": "omit"])
        #expect(data.samples.map(\.numbers.count) == [3, 3])
        #expect(
            try complaint("t-paired", ["1\n2\n", "1\n"])
                == "file0 has 2 values and file1 1; pairs need the same number of both")
    }

    @Test func complaintsNameLineAndColumn() throws {
        #expect(
            try complaint("welch", ["x,y\n1,2\n3,abc\n"])
                == "line 3, column 'y': 'abc' is not a number")
        #expect(
            try complaint("quantiles", ["x\n\"0,5\"\n"])
                == "line 2, column 'x': '0,5' is not a number (decimals are written with a point)")
        #expect(
            try complaint("welch", ["x,y\n1\n"])
                == "line 2: 1 fields, but the first line has 2")
        #expect(try complaint("welch", ["x,x\n1,2\n"]).contains("'x' stands twice"))
        #expect(
            try complaint("welch", ["x,y,z\n1,2,3\n"])
                == "which columns are meant? there are x, y, z; say --a COLUMN --b COLUMN")
        #expect(
            try complaint("welch", ["left,right\n1,2\n"], ["a": "rigth"])
                == "--a: there is no column 'rigth'; did you mean 'right'?")
        #expect(
            try complaint("welch", ["{\"a\": 1, \"b\": 2}\n{\"a\": \n"]).hasPrefix(
                "line 2: not JSON"))
        #expect(try complaint("quantiles", ["x\n\"1\n"]).contains("has no end"))
    }

    @Test func vectorsAndNames() throws {
        let vectors = try read("mmd", ["1,2\n3,4\n", "5,6\n"])
        #expect(vectors.samples.map(\.vectors) == [[[1, 2], [3, 4]], [[5, 6]]])
        let grouped = try read(
            "mmd", ["who,x,y\nnew,1,2\nold,5,6\n"], ["by": "who", "a": "new", "b": "old"])
        #expect(grouped.samples.map(\.vectors) == [[[1, 2]], [[5, 6]]])
        let names = try read("psi", ["de\nen\n", "de\n"], ["categories": ""])
        #expect(names.samples.map(\.names) == [["en"], []], "the first line is a header")
    }

    @Test func aStreamTellsWhereItSawSomething() throws {
        let quiet = (0..<200).map { _ in "0" }, loud = (0..<200).map { _ in "1" }
        let text = (["error"] + quiet + loud).joined(separator: "\n") + "\n"
        let reader = try StreamReader(
            try tool("cusum"), StatSettings(["threshold": "5", "slack": "0.5"]))
        var stream = try #require(reader)
        var table = TableReader()
        var seen: [StreamReader.Sighting] = []
        try table.append(Array(text.utf8)) { (row, columns) throws(StatError) in
            if let sighting = try stream.add(row, columns: columns) { seen.append(sighting) }
        }
        #expect(seen.first?.index == 210)
        #expect(seen.first?.line == 212)
        #expect(seen.first?.event.signal == "drift up")
        #expect(stream.finish().outcome == .rejected)
    }
}
