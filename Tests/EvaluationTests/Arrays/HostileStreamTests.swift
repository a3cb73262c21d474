import CairnCore
import Evaluation
import Testing

/// Streams of columns that are torn or damaged.
@Suite struct HostileStreamTests {
    private let examples: ExampleSet
    private let whole: [UInt8]

    init() throws {
        examples = try Reading.set(PredictionReaderTests.three, .multiclass)
        let lines = """
            {"id": "a", "prediction": "cat", "scores": {"cat": 0.5, "dog": 0.5}}
            {"id": "b", "prediction": "dog", "scores": {"cat": 0.25, "dog": 0.75}}
            {"id": "c", "prediction": "cat", "scores": {"cat": 1, "dog": 0}}
            """
        whole = try ConversionTests.converted(
            Array(lines.utf8), .jsonLines, .columns, .multiclass)
    }

    private func error(_ bytes: [UInt8], _ task: EvaluationTask = .multiclass) -> String {
        Reading.error { () throws(InputError) in
            _ = try ReadPredictions(bytes, .columns, task, examples)
        }
    }

    @Test func theWholeFileIsRead() { #expect(error(whole) == "no error") }

    @Test func aTornFileIsSeenWhereverItEnds() {
        for end in 0..<whole.count {
            let error = error(Array(whole[..<end]))
            #expect(error.contains("cut short"), "cut at \(end): \(error)")
        }
        #expect(error(whole + [0]).contains("bytes behind its end"))
    }

    /// Every byte is under some checksum, or one of few that are held against what they can be.
    @Test func everyFlippedBitIsSeen() {
        for place in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[place] ^= 1 << UInt8(bit)
                #expect(error(bytes) != "no error", "bit \(bit) of byte \(place)")
            }
        }
    }

    @Test func anotherTasksPredictionsAreRefused() {
        #expect(
            error(whole, .binary(positive: "cat"))
                == "predictions of a multiclass task; the suite's is binary")
    }

    @Test func aTextIsNoStream() {
        #expect(
            error(Array("{\"prediction\": \"cat\"}\n".utf8)).hasPrefix("no stream of columns"))
    }

    @Test func badRowsAreNamedByTheirPlace() throws {
        let lines = "{\"scores\":[0.5,0.5]}\n{\"scores\":[0.5,0.25]}\n{\"scores\":[0,1]}"
        let bytes = try ConversionTests.converted(
            Array(lines.utf8), .jsonLines, .columns, .multiclass)
        #expect(error(bytes).hasPrefix("row 2: the scores add up to 0.75"))
        let read = try ReadPredictions(
            bytes, .columns, .multiclass, examples, skipsInvalid: true)
        #expect(read.places == [0, 2] && read.skipped.count == 1)
    }
}
