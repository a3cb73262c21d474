import CairnCore
import Evaluation
import Testing

@Suite struct PredictionReaderTests {
    static let three = "id,label\na,cat\nb,dog\nc,cat\n"

    private func read(
        _ text: String, _ format: PredictionFormat = .jsonLines,
        _ task: EvaluationTask = .multiclass, data: String = three, skipsInvalid: Bool = false
    ) throws(InputError) -> ReadPredictions {
        try ReadPredictions(
            Array(text.utf8), format, task, try Reading.set(data, task), skipsInvalid: skipsInvalid)
    }

    @Test func linesFollowTheRowsWhereTheyHaveNoIDs() throws {
        let read = try read(
            """
            {"prediction": "dog"}
            {"prediction": "dog", "note": {"x": [1]}}
            {"prediction": "ape"}
            """)
        #expect(read.names == ["cat", "dog", "ape"])
        #expect(read.predicted == ["dog", "dog", "ape"])
        #expect(read.places == [0, 1, 2])
        #expect(read.scores == nil)
    }

    @Test func idsMayComeInAnyOrder() throws {
        let read = try read(
            """
            {"id": "c", "prediction": "cat"}
            {"id": "a", "prediction": "cat", "label": "cat"}
            {"id": "b", "prediction": "dog"}
            """)
        #expect(read.predicted == ["cat", "cat", "dog"])
        #expect(read.places == [2, 0, 1])
    }

    @Test func csvHasTheSameColumns() throws {
        let read = try read("id,prediction\r\nc,cat\r\na,\"cat\"\r\n\r\nb, dog ", .csv)
        #expect(read.predicted == ["cat", "cat", "dog"])
        #expect(read.places == [2, 0, 1])
        let scores = try self.read("scores.dog,scores.cat\n0.25,0.75\n1,0\n0.5,5e-1\n", .csv)
        #expect(scores.predicted == ["cat", "dog", "dog"])
        #expect(scores.scores == [0.25, 0.75, 1, 0, 0.5, 0.5])
        #expect(scores.scoredClasses == [1, 0])
        let list = try self.read("scores\n0.25|0.75\n1|0\n0.5|0.5\n", .csv)
        #expect(list.predicted == ["dog", "cat", "cat"])
    }

    @Test func regressionsGiveNumbers() throws {
        let data = "label\n1\n2.5\n"
        let read = try read("prediction,label\n1.5,1\n-2e3,2.5\n", .csv, .regression, data: data)
        #expect(read.numbers == [1.5, -2000])
    }

    @Test func badRowsAreLeftOutWhereThatIsAskedFor() throws {
        let read = try read(
            "{\"prediction\": \"dog\"}\n{\"prediction\": [}\n{\"prediction\": \"ape\"}\n",
            skipsInvalid: true)
        #expect(read.places == [0, 2])
        #expect(read.skipped.count == 1)
        #expect(
            read.skipped.texts == [
                "line 2, column 16: expected a label, as a text or a number, found '[}'"
            ])
    }
}
