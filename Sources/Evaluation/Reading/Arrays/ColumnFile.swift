import Compression

/// A file of columns: NumPy's arrays, or Cairn's own stream.
protocol ColumnFile {
    /// Those of the wanted fields that it has, by their places among them.
    var fieldPlaces: [Int] { get }
    /// What the columns of a matrix are, where the file says it.
    var classes: NameTable? { get }
    /// Names of columns that nobody wanted, for hints.
    var strangeNames: [String] { get }
    /// How much of it was read, in bytes, about.
    var position: Int { get }

    /// None of these columns is there.
    func lacks(anyOf names: [String]) -> InputError
    /// The next `count` blocks, in their order; `nil` at the end.
    /// - Throws: at the end also where the file is not whole.
    mutating func next(_ count: Int) throws(InputError) -> [PlannedBlock]?
    /// Told of every block that was loaded, in their order.
    mutating func note(_ receipt: BlockReceipt)
}

/// A block before its bytes are read.
struct PlannedBlock: Sendable {
    let rows: Range<Int>
    /// Reads what it lacks, once. Several threads may load blocks at once.
    let load: @Sendable () -> Result<ArrayBlock, InputError>
}

/// What is known of a block when its bytes are gone again.
struct BlockReceipt: Sendable {
    let byteCount: Int
    /// Of each column; `nil` where nobody asks.
    let checksums: [CRC32?]
}
