/// Walks over the rows of a piece of a text file, field by field, and reads values in place.
///
/// Rows are whole: a piece begins with a row and ends with a line feed. Whoever is given a field reads
/// exactly one value. Errors say the line, counted from the beginning of the piece, and the column.
protocol RowCursor {
    /// Goes over blank lines to the next row.
    /// - Returns: whether there is one.
    mutating func nextRow() throws(InputError) -> Bool
    /// The line in which the present row begins, from 0.
    var rowLine: Int { get }
    /// How many lines were read.
    var line: Int { get }
    /// - Returns: the place of the next wanted field's name; `nil` after the row's end, which was read.
    mutating func nextField() throws(InputError) -> Int?
    /// Leaves a row of which an error was found, wherever in it this stands.
    mutating func skipRow()

    /// Reads over a value that says that there is none: `null`, or nothing between two commas.
    mutating func takeAbsent() -> Bool
    /// Reads over `null`; in CSV, where nothing between commas may be the empty text, never.
    mutating func takeNull() -> Bool
    /// A finite number, an infinity or NaN, as the format spells them.
    mutating func number() throws(InputError) -> Double
    /// The name of a class: a text, or a number or truth value by its text.
    mutating func label() throws(InputError) -> ByteSpan
    /// A text that may be empty; checked to be UTF-8.
    mutating func text() throws(InputError) -> ByteSpan
    /// A whole number from 0.
    mutating func count() throws(InputError) -> Int
    /// A truth value, or 0 or 1.
    mutating func flag() throws(InputError) -> Bool
    /// A list of numbers.
    mutating func numbers(_ body: (Double) throws(InputError) -> Void) throws(InputError)
    /// A list of texts; labels too where `areLabels`.
    mutating func texts(
        areLabels: Bool, _ body: (ByteSpan) throws(InputError) -> Void
    ) throws(InputError)
    /// Whether the value here is one of numbers by name.
    var isNamed: Bool { get }
    /// Numbers by name, each given with the place of its name in `names`.
    /// - Parameter isOpen: whether names that are not there are added; else they are an error.
    mutating func namedNumbers(
        _ names: inout NameTable, isOpen: Bool, _ body: (Int, Double) throws(InputError) -> Void
    ) throws(InputError)

    /// An error about the value that was read last.
    func failure(_ text: String) -> InputError
    /// An error about the present row.
    func rowFailure(_ text: String) -> InputError
    /// Names of fields that nobody wanted, for hints.
    var strangeNames: [String] { get }
}
