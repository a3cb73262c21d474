import Statistics
import Testing

@testable import Evaluation

/// Data sets of arrays have a column for each array, as tables have.
@Suite struct ArraySketcherTests {
    private func columns(
        _ bytes: [UInt8], _ format: ColumnFormat = .arrays(isArchive: true),
        schema: DatasetSchema? = nil, isSketched: Bool = true, workers: Int = 2
    ) throws(InputError) -> TableColumns {
        try ArraySketcher.columns(
            of: BytesInMemory(bytes), format: format, schema: schema,
            isSketched: isSketched, workerCount: workers)
    }

    /// The columns of `several`, but for names of classes, which have places here.
    private static func stream() throws -> [UInt8] {
        try StreamFile.cpred(
            4,
            [
                StreamFile.doubles("age", [31, .nan, 27, 30]),
                StreamFile.matrix("embedding", [[1, 2], [3, 4], [5, 6], [3, 4]]),
                StreamFile.texts("id", ["w", "x", "y", "z"]),
                StreamFile.bytes("isNew", .bool, [1, 0, 1, 1]),
                StreamFile.bytes("label", .class8, [1, 0, 1, 1]),
                StreamFile.bytes("language", .class8, [2, 3, 2, 2]),
                StreamFile.lists("tags", [["p", "q"], [], ["p", "p"], []]),
            ], classes: ["0", "1", "de", "é"])
    }

    private static let several = NumPyFile.npz([
        ("age", NumPyFile.vector([31, .nan, 27, 30])),
        ("classes", NumPyFile.vector(["a", "b", "c"])),
        ("embedding", NumPyFile.matrix([[1, 2], [3, 4], [5, 6], [3, 4]])),
        ("id", NumPyFile.vector(["w", "x", "y", "z"])),
        ("isNew", NumPyFile.vector([true, false, true, true])),
        ("label", NumPyFile.vector("<i4", [Int32(1), 0, 1, 1])),
        ("language", NumPyFile.vector(["de", "é", "de", "de"])),
        ("tags", NumPyFile.vector(["p", "q", "p", "p"])),
        ("tags_offsets", NumPyFile.vector("<i8", [0, 2, 2, 4, 4])),
    ])

    @Test(arguments: [1, 2, 3], [true, false])
    func everyArrayIsAColumn(workers: Int, isStream: Bool) throws {
        let columns =
            isStream
            ? try columns(Self.stream(), .stream, workers: workers)
            : try columns(Self.several, workers: workers)
        #expect(columns.rowCount == 4)
        let reference = columns.reference
        #expect(
            reference.names == [
                "input.age", "input.embedding", "input.isNew", "input.label", "input.language",
                "input.tags",
            ])
        guard case .numbers(let age) = reference["input.age"],
            case .vectors(let embedding) = reference["input.embedding"],
            case .categories(let isNew, 0) = reference["input.isNew"],
            case .numbers(let label) = reference["input.label"],
            case .categories(let language, 0) = reference["input.language"],
            case .categories(let tags, _) = reference["input.tags"]
        else {
            Issue.record("other kinds: \(reference)")
            return
        }
        #expect(age.quantiles.distribution.values == [27, 30, 31])
        #expect(age.missingCount == 1)
        #expect(embedding.mean == [3, 4])
        #expect(isNew.count(of: "true") == 3)
        #expect(label.quantiles.distribution.values == [0, 1])
        #expect(language.count(of: "é") == 1)
        #expect(tags.count(of: "p") == 3)
    }

    @Test func anArrayAloneIsTheLabel() throws {
        let columns = try columns(NumPyFile.vector([1, 2, 2]), .arrays(isArchive: false))
        #expect(columns.reference.names == ["input.label"])
        #expect(columns.rowCount == 3)
    }

    /// The same rows as text and as arrays are the same columns.
    @Test func arraysAreSketchedAsRowsOfTextAre() throws {
        let numbers = (0..<5_000).map { Double($0 % 71) / 8 }
        let texts = (0..<5_000).map { ["de", "en", "fr"][$0 % 3] }
        let csv =
            "length,name\n"
            + zip(numbers, texts).map { "\($0),\($1)\n" }.joined()
        let ofText = try TableSketcher.columns(
            of: BytesInMemory(Array(csv.utf8)), format: .csv, workerCount: 2
        ).reference.distributions
        let ofArrays = try columns(
            NumPyFile.npz([
                ("length", NumPyFile.vector(numbers)), ("name", NumPyFile.vector(texts)),
            ])
        ).reference.distributions
        #expect(ofText.map(\.name) == ofArrays.map(\.name))
        for column in DriftRule().compare(reference: ofText, live: ofArrays) {
            #expect(column.verdict == .noDrift, "\(column.name)")
        }
    }

    @Test func threadsChangeNothing() throws {
        let long = NumPyFile.npz([
            ("x", NumPyFile.vector((0..<200_000).map { Double(($0 &* 7919) % 1_000_003) }))
        ])
        let one = try columns(long, workers: 1)
        #expect(one.rowCount == 200_000)
        #expect((120_000..<140_000).contains(one.takenCount))
        #expect(try columns(long, workers: 3) == one)
    }

    private static func schema(_ columns: DatasetSchema.Column...) -> DatasetSchema {
        DatasetSchema(columns: columns)
    }

    private static func bounded(
        _ name: String, _ kind: DatasetSchema.Kind, _ low: Double, _ high: Double
    ) -> DatasetSchema.Column {
        var column = DatasetSchema.Column(name: name, kind: kind)
        (column.minimum, column.maximum) = (low, high)
        return column
    }

    @Test(arguments: [true, false], [true, false])
    func whatMeetsTheSchemaIsTaken(isSketched: Bool, isStream: Bool) throws {
        var age = Self.bounded("age", .number, 27, 31)
        age.isNullable = true
        var language = DatasetSchema.Column(name: "language", kind: .category)
        language.allowed = ["de", "é"]
        var label = DatasetSchema.Column(name: "label", kind: .category)
        label.allowed = ["0", "1"]
        var embedding = Self.bounded("embedding", .vector, 1, 6)
        embedding.dimension = 2
        let schema = Self.schema(
            age, language, label, embedding, Self.bounded("id", .text, 1, 1),
            DatasetSchema.Column(name: "isNew", kind: .boolean))
        let found =
            isStream
            ? try columns(Self.stream(), .stream, schema: schema, isSketched: isSketched)
            : try columns(Self.several, schema: schema, isSketched: isSketched)
        #expect(found.rowCount == 4)
    }

    @Test(arguments: [true, false], [true, false])
    func theFirstRowThatDoesNotIsNamed(isSketched: Bool, isStream: Bool) throws {
        let stream = try Self.stream()
        func text(_ schema: DatasetSchema) -> String {
            do throws(InputError) {
                _ =
                    isStream
                    ? try columns(stream, .stream, schema: schema, isSketched: isSketched)
                    : try columns(Self.several, schema: schema, isSketched: isSketched)
                return "taken"
            } catch {
                return error.description
            }
        }
        #expect(
            text(Self.schema(Self.bounded("age", .number, 0, 100)))
                == "row 2: 'age' is missing; the schema wants a number of 0 to 100")
        #expect(
            text(Self.schema(Self.bounded("embedding", .vector, 0, 5)))
                == "row 3: 'embedding' is a list of 2 numbers; the schema wants a list of numbers "
                + "of 0 to 5")
        var language = DatasetSchema.Column(name: "language", kind: .category)
        language.allowed = ["de", "en"]
        #expect(
            text(Self.schema(language))
                == "row 2: 'language' is 'é'; the schema wants one of 'de', 'en'")
        #expect(
            text(Self.schema(DatasetSchema.Column(name: "ages", kind: .number)))
                == "the schema wants a column 'ages', which is not there; did you mean 'age'?")
        var closed = Self.schema(DatasetSchema.Column(name: "id", kind: .text))
        closed.allowsOthers = false
        #expect(
            text(closed)
                == "the column 'age' is not in the schema, which allows no others")
    }

    /// Blocks of streams are cut where their writer cut them; a sample of the rows is one all the same.
    @Test func longStreamsAreSampledOnAnyNumberOfThreads() throws {
        let values = (0..<200_000).map { Double(($0 &* 7919) % 1_000_003) }
        let long = try StreamFile.cpred(
            values.count, [StreamFile.doubles("x", values)], blockRowCount: 65_000)
        let one = try columns(long, .stream, workers: 1)
        #expect(one.rowCount == 200_000)
        #expect((120_000..<140_000).contains(one.takenCount))
        #expect(try columns(long, .stream, workers: 3) == one)
        var rule = DatasetSchema.Column(name: "x", kind: .integer)
        rule.maximum = values.max()! - 1
        let worst = values.firstIndex(of: values.max()!)!
        let error = Reading.error { () throws(InputError) in
            _ = try columns(long, .stream, schema: Self.schema(rule), isSketched: false)
        }
        #expect(error.hasPrefix("row \(worst + 1): 'x' is "), "\(error)")
    }

    @Test func aTornStreamIsNoDataSet() throws {
        let whole = try Self.stream()
        for count in [0, 7, 40, whole.count / 2, whole.count - 1] {
            #expect(throws: InputError.self, "cut at \(count)") {
                _ = try columns(Array(whole[..<count]), .stream)
            }
        }
        var damaged = whole
        damaged[whole.count / 2] ^= 1
        #expect(throws: InputError.self) { _ = try columns(damaged, .stream) }
    }

    @Test func arraysOfDifferentLengthsAreNoTable() {
        #expect(throws: InputError.self) {
            _ = try columns(
                NumPyFile.npz([
                    ("a", NumPyFile.vector([1, 2])), ("b", NumPyFile.vector([1, 2, 3])),
                ]))
        }
        #expect(throws: InputError.self) { _ = try columns([1, 2, 3]) }
        #expect(throws: InputError.self) { _ = try columns([1, 2, 3], .arrays(isArchive: false)) }
    }
}
