import Evaluation
import Testing

/// Predictions as NumPy's arrays.
@Suite struct ArrayPredictionTests {
    static let three = PredictionReaderTests.three

    private func read(
        _ bytes: [UInt8], _ format: RowFormat = .npz, _ task: EvaluationTask = .multiclass,
        data: String = three, skipsInvalid: Bool = false, cutting: RowCutting = .usual
    ) throws(InputError) -> ReadPredictions {
        try ReadPredictions(
            bytes, format, task, try Reading.set(data, task), skipsInvalid: skipsInvalid,
            workerCount: 2, cutting: cutting)
    }

    @Test func aMatrixAloneIsTheScores() throws {
        let bytes = NumPyFile.matrix([[0.75, 0.25], [0, 1], [0.5, 0.5]])
        let read = try read(bytes, .npy)
        #expect(read.predicted == ["cat", "dog", "cat"])
        #expect(read.scores == [0.75, 0.25, 0, 1, 0.5, 0.5])
        #expect(read.scoredClasses == [0, 1])
        #expect(read.places == [0, 1, 2])
    }

    @Test func aVectorAloneIsThePredictionOrTheScore() throws {
        let texts = try read(NumPyFile.vector(["cat", "dog", "ä"]), .npy)
        #expect(texts.predicted == ["cat", "dog", "ä"])
        let scores = try read(
            NumPyFile.vector([0.25, 0.5, 1]), .npy, .binary(positive: "cat"))
        #expect(scores.predicted == ["dog", "cat", "cat"])
        #expect(scores.scores == [0.25, 0.5, 1])
        let numbers = try read(
            NumPyFile.vector("<i2", [Int16(-3), 2, 1]), .npy, .regression, data: "label\n1\n2\n3\n")
        #expect(numbers.numbers == [-3, 2, 1])
    }

    @Test func namedArraysSayMore() throws {
        let bytes = NumPyFile.npz([
            ("id", NumPyFile.vector(["c", "a", "b"])),
            ("classes", NumPyFile.vector(["dog", "cat", "ape"])),
            ("scores", NumPyFile.matrix([[0, 1, 0], [0.5, 0.25, 0.25], [0, 0, 1]])),
            ("label", NumPyFile.vector(["cat", "cat", "dog"])),
        ])
        let read = try read(bytes)
        #expect(read.names == ["cat", "dog", "ape"])
        #expect(read.predicted == ["cat", "dog", "ape"])
        #expect(read.scoredClasses == [1, 0, 2])
        #expect(read.places == [2, 0, 1])
    }

    @Test(arguments: ["<f4", ">f4", "<f8", ">f8", "<f2", ">f2"])
    func everyFloatIsRead(descr: String) throws {
        let values = [0.75, 0.25, 0, 1, 0.5, 0.5]
        let width = Int(String(descr.last!))!
        let data = values.flatMap { value in
            let bits: UInt64 =
                switch width {
                case 2: [0.75: 0x3A00, 0.25: 0x3400, 0: 0, 1: 0x3C00, 0.5: 0x3800][value]!
                case 4: UInt64(Float(value).bitPattern)
                default: value.bitPattern
                }
            let bytes = NumPyFile.little(Int(bitPattern: UInt(bits)), width)
            return descr.hasPrefix(">") ? bytes.reversed() : bytes
        }
        for version: UInt8 in 1...3 {
            let read = try read(NumPyFile.npy(descr, "(3, 2)", data, version: version), .npy)
            #expect(read.scores == values)
        }
        let columns = [0, 2, 4, 1, 3, 5].flatMap { data[($0 * width)..<(($0 + 1) * width)] }
        let turned = try read(
            NumPyFile.npy(descr, "(3, 2)", columns, isColumnMajor: true), .npy)
        #expect(turned.scores == values)
        #expect(turned.predicted == ["cat", "dog", "cat"])
    }

    @Test(arguments: ["|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", ">i4", ">u8", ">i2"])
    func everyWholeNumberIsALabel(descr: String) throws {
        let width = Int(String(descr.last!))!
        let data = [7, 10, 7].flatMap { value in
            let bytes = NumPyFile.little(value, width)
            return descr.hasPrefix(">") ? bytes.reversed() : bytes
        }
        let read = try read(
            NumPyFile.npy(descr, "(3,)", data), .npy, data: "label\n7\n10\n10\n")
        #expect(read.names == ["7", "10"])
        #expect(read.predicted == ["7", "10", "7"])
    }

    @Test func signedLabelsTruthValuesAndBytesAreLabels() throws {
        let signed = NumPyFile.vector("<i8", [-1, 1, -1])
        #expect(
            try read(signed, .npy, data: "label\n-1\n1\n1\n").predicted == ["-1", "1", "-1"])
        let flags = NumPyFile.vector([true, false, true])
        #expect(
            try read(flags, .npy, data: "label\ntrue\nfalse\ntrue\n").predicted
                == ["true", "false", "true"])
        let bytes = NumPyFile.npy("|S4", "(3,)", Array("cat\0dog\0cat\0".utf8))
        #expect(try read(bytes, .npy).predicted == ["cat", "dog", "cat"])
    }

    @Test func cutAnywhereItReadsTheSame() throws {
        let count = 50
        let data = "id,label\n" + (0..<count).map { "\($0),\($0 % 3)\n" }.joined()
        let bytes = NumPyFile.npz([
            ("scores", NumPyFile.matrix((0..<count).map { [[1, 0, 0], [0, 1, 0]][$0 % 2] })),
            ("id", NumPyFile.vector("<i8", (0..<count).map { Int64(count - 1 - $0) })),
        ])
        let whole = try read(bytes, data: data)
        #expect(whole.blocks.count == 1)
        for rows in [1, 7, 49, 50] {
            let cut = try read(bytes, data: data, cutting: RowCutting(blockRowCount: rows))
            #expect(cut.blocks.count == (count + rows - 1) / rows)
            #expect(cut.scores == whole.scores)
            #expect(cut.predicted == whole.predicted)
            #expect(cut.places == (0..<count).reversed())
        }
    }

    @Test func badRowsAreLeftOutWhereThatIsAskedFor() throws {
        let bytes = NumPyFile.matrix([[0.75, 0.25], [.nan, 1], [0.5, 0.5]])
        let read = try read(bytes, .npy, skipsInvalid: true, cutting: RowCutting(blockRowCount: 2))
        #expect(read.places == [0, 2])
        #expect(read.predicted == ["cat", "cat"])
        #expect(read.skipped.count == 1)
        #expect(read.skipped.texts.first?.hasPrefix("row 2: a score of nan") == true)
    }
}
