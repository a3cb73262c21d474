import CairnCore
import Evaluation
import Testing

/// Files of arrays that are damaged, or not what they should be.
@Suite struct HostileArrayTests {
    private func error(
        _ bytes: [UInt8], _ format: RowFormat = .npy, _ task: EvaluationTask = .multiclass
    ) -> String {
        Reading.error { () throws(InputError) in
            _ = try ReadPredictions(
                bytes, format, task, try Reading.set(PredictionReaderTests.three, task))
        }
    }

    @Test(arguments: [
        ("|O", "(3,)", "an array of Python objects (dtype=object) is pickled"),
        ("<c16", "(3,)", "the dtype '<c16' is not read"),
        ("<M8[ns]", "(3,)", "the dtype '<M8[ns]' is not read"),
        ("<f16", "(3,)", "the dtype '<f16' is not read"),
        ("<f8", "()", "the shape (); expected one value for each example"),
        ("<f8", "(3, 2, 1)", "the shape (3, 2, 1); expected"),
        ("<f8", "(-3,)", "the header of the array is damaged: expected a whole number"),
        ("<f8", "(99999999999,)", "99999999999 rows; 50000000 is most"),
        ("<f8", "(99999999999999999999999,)", "a shape beyond all files"),
        ("<f8", "(3, 99999999)", "99999999 columns; 65536 is most"),
        ("<U99999999", "(3,)", "a row of 1 × '<U99999999' is longer than 16777216 bytes"),
        ("<f8", "(4, 2)", "(4, 2) of '<f8' are 64 bytes, but the file has 48"),
        ("<f8", "(2, 2)", "(2, 2) of '<f8' are 32 bytes, but the file has 48"),
        ("<f8", "(6,)", "row 1: expected a label, found nan"),
    ])
    func headersAreChecked(descr: String, shape: String, words: String) {
        let data = NumPyFile.bytes(Array(repeating: .nan, count: 6))
        let error = error(NumPyFile.npy(descr, shape, data))
        #expect(error.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)", "expected '}'"),
        ("{'descr': '<f8', 'fortran_order': Maybe, 'shape': (1,)}", "expected True or False"),
        ("{'descr': '<f8', 'shape': (1,)}", "lacks one of"),
        ("{'descr': '<f8', 'descr': '<f8', 'shape': (1,)}", "'descr' twice"),
        ("{'evil': __import__('os')}", "a field 'evil'"),
        ("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", "a structured array"),
        ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} junk", "expected the end"),
        ("", "expected '{'"),
    ])
    func literalsAreReadStrictly(literal: String, words: String) {
        let error = error(NumPyFile.npy(literal: literal, NumPyFile.bytes([0])))
        #expect(error.contains(words), "\(error)")
    }

    @Test func scoresOfTheWrongWidthAreNamed() {
        let wide = error(NumPyFile.matrix([[0, 1, 0], [0, 1, 0], [0, 1, 0]]))
        #expect(wide.hasPrefix("row 1: 3 scores for the 2 labels of the data set"), "\(wide)")
        let few = error(NumPyFile.matrix([[0, 1], [0, 1]]))
        #expect(few.hasPrefix("2 predictions for 3 examples"), "\(few)")
        let many = error(NumPyFile.matrix([[0, 1], [0, 1], [0, 1], [1, 0]]))
        #expect(many == "row 4: one row too many: the data set has 3 examples")
    }

    @Test func arraysOfOneFileHaveAsManyRows() {
        let error = error(
            NumPyFile.npz([
                ("prediction", NumPyFile.vector(["cat", "dog", "cat"])),
                ("scores", NumPyFile.matrix([[0, 1], [1, 0]])),
            ]), .npz)
        #expect(
            error
                == "scores.npy: 2 rows, but prediction.npy has 3; all arrays have one row for each "
                + "example")
    }

    @Test func aRowOfAnArchiveIsNamedWithItsArray() {
        let error = error(
            NumPyFile.npz([("score", NumPyFile.vector([0.5, 1.5, 0]))]), .npz,
            .binary(positive: "cat"))
        #expect(error == "score.npy, row 2: 'score' is 1.5; expected a probability from 0 to 1")
    }

    @Test(arguments: [
        ([1, 2, 3], "row 1: the offset 1; expected 0"),
        ([0, 3, 2], "row 3: the offset 2; expected one from 3 to 4"),
        ([0, 9, 9], "row 2: the offset 9; expected one from 0 to 4"),
        ([0, 2, 3], "the last offset is 3; expected 4"),
    ])
    func offsetsAreChecked(offsets: [Int64], words: String) throws {
        let bytes = NumPyFile.npz([
            ("log_probs", NumPyFile.vector([-1, -1, -1, -1])),
            ("log_probs_offsets", NumPyFile.vector("<i8", offsets)),
        ])
        let examples = try Reading.set("label\nx\ny\n", .languageModel)
        let error = Reading.error { () throws(InputError) in
            _ = try ReadPredictions(bytes, .npz, .languageModel, examples)
        }
        #expect(error.contains(words), "\(error)")
    }

    @Test func aFlippedBitIsFoundByTheChecksum() throws {
        var bytes = NumPyFile.npz([("scores", NumPyFile.matrix([[0, 1], [0, 1], [1, 0]]))])
        let text = Array("NUMPY".utf8)
        let start = bytes.indices.first { bytes[$0...].starts(with: text) }!
        // In a score that stays a probability: the lowest bit of a 0.
        bytes[start - 1 + 128] ^= 1
        #expect(
            error(bytes, .npz)
                == "scores.npy: it is damaged: its checksum is not the one that the zip has for it")
    }

    /// Everywhere it is cut, and with every byte changed, it ends in an error or in good rows.
    @Test func noBytesCrashIt() throws {
        let whole = NumPyFile.npz([
            ("id", NumPyFile.vector(["a", "b", "c"])),
            ("scores", NumPyFile.matrix([[0, 1], [0, 1], [1, 0]])),
        ])
        for end in 0..<whole.count {
            #expect(error(Array(whole[..<end]), .npz) != "no error", "cut at \(end)")
        }
        for place in whole.indices {
            for bit in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = whole
                bytes[place] ^= bit
                _ = error(bytes, .npz)
            }
        }
        for seed in UInt64(0)..<2_000 {
            var random = SeededRandom(seed: seed)
            var bytes = NumPyFile.matrix([[0, 1], [0, 1], [1, 0]])
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            _ = error(bytes, .npy)
        }
    }

    @Test func whatIsNoZipOrNoArraySaysSo() {
        #expect(error(Array("hello, world".utf8), .npz).contains("zip"))
        #expect(error(Array("prediction\ncat\n".utf8)).contains("no NumPy array"))
        #expect(error([]).contains("0 bytes; a NumPy array has more"))
        #expect(error(NumPyFile.npz([]), .npz).contains("the file has no arrays"))
        let strange = error(NumPyFile.npz([("predictions", NumPyFile.vector(["cat"]))]), .npz)
        #expect(strange.contains("no array 'prediction'"), "\(strange)")
        #expect(strange.contains("'predictions'"), "\(strange)")
    }
}
