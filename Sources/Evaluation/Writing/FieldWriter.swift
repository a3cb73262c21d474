/// Writes blocks of fields in one format. Several threads may ask for the bytes of blocks at once.
protocol FieldWriter: Sendable {
    /// What stands before all blocks.
    func head() throws(InputError) -> [UInt8]
    func bytes(_ block: FieldBlock) throws(InputError) -> [UInt8]
    /// What stands behind all blocks.
    func tail() throws(InputError) -> [UInt8]
}
