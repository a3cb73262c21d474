import CairnTestKit
import Metrics
import Testing

@Suite struct TextVectorTests {
    @Test(arguments: MetricCase.of("exact_match"))
    func exactMatch(_ test: MetricCase) {
        let (predictions, references) = (
            test.input["pred"]?.strings ?? [], test.input["ref"]?.strings ?? []
        )
        test.check { () throws(MetricError) in
            [
                "exact": try ExactMatch.value(predictions: predictions, references: references),
                "ignore_case": try ExactMatch.value(
                    predictions: predictions, references: references, .init(ignoresCase: true)),
                "ignore_case_punctuation": try ExactMatch.value(
                    predictions: predictions, references: references,
                    .init(ignoresCase: true, ignoresPunctuation: true)),
            ]
        }
    }

    @Test(arguments: MetricCase.of("squad"))
    func squad(_ test: MetricCase) {
        let predictions = test.input["pred"]?.strings ?? []
        #expect(
            predictions.map(SQuAD.normalized) == test.expect["normalized"]?.strings ?? [])
        test.check { () throws(MetricError) in
            var squad = SQuAD()
            for (index, prediction) in predictions.enumerated() {
                try squad.add(
                    prediction: prediction,
                    references: test.input["refs"]?[index]?.strings ?? [])
            }
            var got: [String: Double?] = ["exact_match": squad.exactMatch, "f1": squad.f1]
            got.add("each_f1", squad.each)
            return got
        }
    }

    /// What depends on which of several best alignments is taken is not offered.
    @Test(arguments: MetricCase.of("wer"))
    func errorRates(_ test: MetricCase) {
        test.check(leavingOut: ["hits", "mer", "wil", "wip"]) { () throws(MetricError) in
            var rates = ErrorRates()
            for (hypothesis, reference) in zip(
                test.input["hyp"]?.strings ?? [], test.input["ref"]?.strings ?? [])
            {
                rates.add(hypothesis: hypothesis, reference: reference)
            }
            return [
                "wer": try rates.wordErrorRate(), "cer": try rates.characterErrorRate(),
                "word_errors": Double(rates.wordErrorCount),
                "char_errors": Double(rates.characterErrorCount),
            ]
        }
    }
}
