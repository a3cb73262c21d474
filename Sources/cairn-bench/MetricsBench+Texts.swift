import Metrics

extension MetricsBench {
    /// Generated texts against references: `hypotheses.txt` and `references.txt`, a text a line.
    static let textCases: Group = [
        "bleu": { bench in try bench.texts(BLEU(keepsExamples: false)) { [try $0.score] } },
        "chrf": { bench in try bench.texts(ChrF(keepsExamples: false)) { [try $0.score] } },
        "ter": { bench in try bench.texts(TER(keepsExamples: false)) { [try $0.score] } },
        "rouge2": { bench in
            try bench.texts(ROUGE([.n(2)], keepsExamples: false)) { [try $0.means(.n(2)).f] }
        },
        "rougeL": { bench in
            try bench.texts(ROUGE([.longest], keepsExamples: false)) { [try $0.means(.longest).f] }
        },
        "wer": { bench in
            try bench.texts(WordErrors(keepsExamples: false)) { [try $0.sum.errorRate] }
        },
        "cer": { bench in
            try bench.texts(CharacterErrors(keepsExamples: false)) { [try $0.sum.errorRate] }
        },
    ]

    private func texts<Metric: TextMetric>(
        _ empty: Metric, _ values: @escaping (Metric) throws -> [Double]
    ) throws -> Case {
        let pairs = try TextPairs(
            hypotheses: lines("hypotheses.txt"), references: TextLists(lines("references.txt")))
        return Case(byteCount: 0) {
            var metric = empty
            try metric.add(pairs, workers: workers)
            return try values(metric)
        }
    }

    private func lines(_ name: String) throws -> Texts {
        let bytes = try column(name, of: UInt8.self).array
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // The last line ends with a line feed too.
        return Texts(lines.dropLast().map { String(decoding: $0, as: UTF8.self) })
    }
}
