import CairnTestKit
import Metrics
import Testing

@Suite struct TextVectorTests {
    static func pairs(
        _ hypotheses: JSONValue?, _ references: JSONValue?
    ) throws(MetricError) -> TextPairs {
        try TextPairs(
            hypotheses: Texts(hypotheses?.strings ?? []),
            references: TextLists(Texts(references?.strings ?? [])))
    }

    @Test(arguments: MetricCase.of("exact_match"))
    func exactMatch(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            let pairs = try Self.pairs(test.input["pred"], test.input["ref"])
            var got: [String: Double?] = [:]
            for (name, options) in [
                ("exact", ExactMatch.Options()), ("ignore_case", .init(ignoresCase: true)),
                ("ignore_case_punctuation", .init(ignoresCase: true, ignoresPunctuation: true)),
            ] {
                var matches = ExactMatch(options)
                try matches.add(pairs)
                got[name] = try matches.value
            }
            return got
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
                    hypothesis: prediction,
                    references: test.input["refs"]?[index]?.strings ?? [])
            }
            var got: [String: Double?] = ["exact_match": try squad.exactMatch, "f1": try squad.f1]
            got.add("each_f1", squad.examples.map(\.f1))
            return got
        }
    }

    @Test(arguments: MetricCase.of("wer"))
    func errorRates(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            let pairs = try Self.pairs(test.input["hyp"], test.input["ref"])
            var (words, characters) = (WordErrors(), CharacterErrors())
            try words.add(pairs)
            try characters.add(pairs)
            return [
                "wer": try words.sum.errorRate, "mer": try words.sum.matchErrorRate,
                "wil": try words.sum.informationLost, "wip": try words.sum.informationPreserved,
                "cer": try characters.sum.errorRate, "hits": Double(words.sum.hits),
                "word_errors": Double(words.sum.errorCount),
                "char_errors": Double(characters.sum.errorCount),
            ]
        }
    }
}
