import Statistics

extension TableColumns {
    /// Sketches the columns of a file of any format: arrays and streams as `ArraySketcher` does, rows
    /// of text as `TableSketcher`.
    public static func reading(
        _ source: any ByteSource, format: RowFormat, schema: DatasetSchema? = nil,
        use: TableSketcher.Use = .dataset, workerCount: Int,
        progress: () throws(InputError) -> Void = {}
    ) throws(InputError) -> TableColumns {
        let columns: ColumnFormat
        switch format {
        case .text(let format):
            return try TableSketcher.columns(
                of: source, format: format, schema: schema, use: use, workerCount: workerCount,
                progress: progress)
        case .arrays(let isArchive): columns = .arrays(isArchive: isArchive)
        case .columns: columns = .stream
        }
        return try ArraySketcher.columns(
            of: source, format: columns, schema: schema, use: use, workerCount: workerCount,
            progress: progress)
    }

    /// Under these names a data set's columns stand in a reference.
    static let inputPrefix = "input."
    /// Behind the name of a column whose texts are known by their length.
    static let lengthSuffix = ".length"

    /// The sketches of a data set: each column as what most of its values are. The column `id` names
    /// rows and has no distribution.
    public var reference: SketchBundle {
        var bundle = SketchBundle()
        (bundle.rowCount, bundle.skippedCount) = (rowCount, skippedCount)
        for name in names where name != "id" {
            guard let column = self[name], let kind = column.kind else { continue }
            let suffix = kind == .lengths ? Self.lengthSuffix : ""
            bundle[Self.inputPrefix + name + suffix] = column.entry(as: kind)
        }
        return bundle
    }

    /// Live traffic as what its reference is: each name of the reference that the table has too.
    ///
    /// `input.x` is the column `x` or `input.x`; `output` and `score` are the columns of those names or
    /// `prediction`, as predictions have it. A name with `.length` behind asks for lengths of texts.
    public func live(like reference: [Distribution]) -> [Distribution] {
        reference.compactMap { column in
            guard let (sketch, isLength) = self.column(for: column.name) else { return nil }
            let entry: SketchBundle.Entry
            switch column.content {
            case .numbers: entry = sketch.entry(as: isLength ? .lengths : .numbers)
            case .categories: entry = sketch.entry(as: .categories)
            case .vector: entry = sketch.entry(as: .vectors)
            }
            return Distribution(name: column.name, entry)
        }
    }

    /// Columns that nothing of the reference is compared with, without those that name rows or belong
    /// to answers.
    public func strangers(to reference: [Distribution]) -> [String] {
        let known = Set(reference.flatMap { candidates(for: $0.name).map(\.column) })
        return names.filter {
            !known.contains($0) && !Self.answerNames.contains($0)
                && !$0.hasPrefix(LiveAnswers.scorePrefix)
        }
    }

    private static let answerNames: Set<String> = [
        "id", "label", "prediction", "score", "scores", "log_prob", "log_probs", "token_count",
        "correct_token_count", "output", "output.count", "log_likelihoods", "lengths", "drawn",
        "passed", "latency_ms", "latency", "tokens", "failed", "start",
    ]

    private func column(for name: String) -> (ColumnSketch, isLength: Bool)? {
        for (column, isLength) in candidates(for: name) {
            if let sketch = self[column] { return (sketch, isLength) }
        }
        return nil
    }

    /// The columns that a name of a reference may mean, the likeliest first.
    private func candidates(for name: String) -> [(column: String, isLength: Bool)] {
        [(name, false), (stem(of: name), true)].flatMap { stem, isLength in
            guard let stem else { return [(column: String, isLength: Bool)]() }
            let short =
                stem.hasPrefix(Self.inputPrefix)
                ? [String(stem.dropFirst(Self.inputPrefix.count))] : []
            return ([stem] + short + (stem == "output" ? ["prediction"] : [])).map {
                ($0, isLength)
            }
        }
    }

    private func stem(of name: String) -> String? {
        name.hasSuffix(Self.lengthSuffix)
            ? String(name.dropLast(Self.lengthSuffix.count)) : nil
    }
}
