/// How requests were answered.
struct RequestRows: AnswerRows {
    static let fields = [
        RowField("latency_ms", .number), RowField("token_count", .count),
        RowField("failed", .flag), RowField("start", .number),
    ]
    static let numbersField: String? = nil

    private(set) var form: FieldForm?
    private var (latencies, starts) = ([Double](), [Double]())
    private var tokenCounts: [Int32] = []
    private var failed: [Bool] = []

    private var (latency, start) = (Double?.none, Double?.none)
    private var tokenCount: Int?
    private var hasFailed: Bool?

    init(_ context: AnswerContext, form: FieldForm?) { self.form = form }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        "latency_ms"
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        switch field {
        case 0:
            let value = try cursor.finiteNumber("latency_ms")
            guard value >= 0 else {
                throw cursor.failure("a latency of \(value) ms; expected a number from 0 on")
            }
            latency = value
        case 1: tokenCount = try cursor.count()
        case 2: hasFailed = try cursor.flag()
        default: start = try cursor.finiteNumber("start")
        }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let latency else {
            throw cursor.lacks("latency_ms", "'latency_ms', how long the request took")
        }
        try cursor.check([("token_count", tokenCount != nil), ("start", start != nil)], &form)
        latencies.append(latency)
        failed.append(hasFailed ?? false)
        if let tokenCount { tokenCounts.append(Int32(tokenCount)) }
        if let start { starts.append(start) }
        dropRow()
    }

    mutating func dropRow() {
        (latency, start, tokenCount, hasFailed) = (nil, nil, nil, nil)
    }

    func finish() -> RowBlock {
        RowBlock(
            answers: .requests(
                RequestAnswers(
                    latencies: latencies,
                    tokenCounts: form?.isThere[0] == true ? tokenCounts : nil, failed: failed,
                    starts: form?.isThere[1] == true ? starts : nil)))
    }
}
