/// Bytes are no sketch, or two sketches cannot be merged; the text says which and what was expected.
public struct SketchError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Equatable, Sendable {
        /// Not the bytes of such a sketch, or not all of them, or changed ones.
        case damaged
        /// Written by a later version.
        case unknownVersion = "unknown_version"
        /// Two sketches of different sizes or dimensions.
        case different
        /// Together they would have taken more than 2⁵³ values.
        case full
    }

    public let code: Code
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// What a summary of a stream can do: take values one by one, take another summary, become bytes.
///
/// Merged in one fixed order, the same blocks give the same bits for any number of threads.
public protocol Sketch: Equatable, Sendable {
    /// Which kind of sketch these bytes are: their first byte.
    static var mark: UInt8 { get }

    /// Takes everything that another one took.
    /// - Throws: `.different` when the two do not fit, changing nothing.
    mutating func merge(_ other: Self) throws(SketchError)

    /// The state without mark, version and checksum.
    func write(to bytes: inout SketchWriter)

    /// Reads what `write` wrote; checks everything that reading relies on.
    init(from bytes: inout SketchReader) throws(SketchError)
}

extension Sketch {
    private static var version: UInt8 { 1 }

    /// The number of values of both, which stays exact as a double.
    static func sum(_ a: Int, _ b: Int) throws(SketchError) -> Int {
        guard a + b <= 1 << 53 else {
            throw SketchError(.full, "\(a) and \(b) values are more than 2⁵³")
        }
        return a + b
    }

    /// Mark, version, state, and eight bytes of their BLAKE3.
    public var encoded: [UInt8] {
        var writer = SketchWriter()
        writer.byte(Self.mark)
        writer.byte(Self.version)
        write(to: &writer)
        return writer.sealed
    }

    /// - Throws: `.damaged` for bytes that `encoded` did not make, whatever they are.
    public init(encoded bytes: [UInt8]) throws(SketchError) {
        var reader = try SketchReader(sealed: bytes)
        guard try reader.byte() == Self.mark else {
            throw SketchError(.damaged, "the bytes are not of a \(Self.self)")
        }
        let version = try reader.byte()
        guard version == Self.version else {
            throw SketchError(
                .unknownVersion,
                "a \(Self.self) of version \(version); this Cairn reads \(Self.version)")
        }
        try self.init(from: &reader)
        try reader.end()
    }
}
