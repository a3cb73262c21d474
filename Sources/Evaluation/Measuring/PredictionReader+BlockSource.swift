extension PredictionReader: BlockSource {
    public var classesOfScores: [Int32] { scoredClasses.map(Int32.init) }

    public var skippedRows: SkippedRows {
        SkippedRows(count: skipped.count, described: skipped.texts)
    }

    public var bytesRead: Int { position }
}
