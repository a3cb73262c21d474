import CHDF5Files
import CairnCore
import Dispatch
import Ports
import TensorFormats

/// Finds the tensors of every format; HDF5's with its own library, whose calls run on one thread.
public struct HDF5Tables: TensorTables {
    public init() {}

    public func table(of source: any ByteSource) async throws -> TensorTable {
        if let table = try await source.plainTable() { return table }
        return try await HDF5Thread.reading(source) { file in file?.table() ?? .opaque(HDF5.problem)
        }
    }

    public func rows(
        _ rows: Range<Int>, of tensor: OtherTensor, in source: any ByteSource
    ) async throws -> [UInt8] {
        try await HDF5Thread.reading(source) { file in
            guard let file, let bytes = file.rows(rows, of: tensor) else {
                throw RPCError(
                    .dataLoss, "reading '\(tensor.name)' from its HDF5 file failed: \(HDF5.problem)"
                )
            }
            return bytes
        }
    }
}

enum HDF5 {
    /// What the library says of the failure just now.
    static var problem: String {
        var text = [CChar](repeating: 0, count: 512)
        cairn_hdf5_problem(&text, text.count)
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The one thread that calls the library.
enum HDF5Thread {
    private static let queue = DispatchQueue(label: "cairn.hdf5")
    private static let begun: Void = cairn_hdf5_begin()

    static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withUnsafeThrowingContinuation { continuation in
            queue.async {
                _ = begun
                continuation.resume(with: Swift.Result { try work() })
            }
        }
    }

    /// - Parameter body: gets `nil` where the library does not open the file.
    /// - Throws: what reading the source throws, before anything that follows from it.
    static func reading<Result: Sendable>(
        _ source: any ByteSource, _ body: @escaping @Sendable (HDF5File?) throws -> Result
    ) async throws -> Result {
        try await run {
            let reader = BlockingReader(source)
            let result = Swift.Result {
                let file = HDF5File(reader)
                defer { file?.close() }
                return try body(file)
            }
            if let failure = reader.failure { throw failure }
            return try result.get()
        }
    }
}

/// A source as the library reads it: on its thread, which waits. What is read in small pieces is
/// fetched in larger ones.
final class BlockingReader {
    private static let blockByteCount = 64 << 10
    private static let blockCountMax = 256

    let source: any ByteSource
    private var blocks: [Int: [UInt8]] = [:]
    private(set) var failure: (any Error)?

    init(_ source: any ByteSource) { self.source = source }

    /// - Returns: whether all of it was read.
    func read(_ offset: Int, into out: UnsafeMutableRawBufferPointer) -> Bool {
        guard offset >= 0, offset <= source.byteCount - out.count else { return false }
        do {
            if out.count >= Self.blockByteCount {
                out.copyBytes(from: try fetch(offset..<offset + out.count))
                return true
            }
            var done = 0
            while done < out.count {
                let start = (offset + done) / Self.blockByteCount * Self.blockByteCount
                let block = try block(at: start)
                let from = offset + done - start
                let count = min(out.count - done, block.count - from)
                UnsafeMutableRawBufferPointer(rebasing: out[done...])
                    .copyBytes(from: block[from..<from + count])
                done += count
            }
            return true
        } catch {
            failure = failure ?? error
            return false
        }
    }

    private func block(at start: Int) throws -> [UInt8] {
        if let block = blocks[start] { return block }
        let block = try fetch(start..<min(start + Self.blockByteCount, source.byteCount))
        if blocks.count >= Self.blockCountMax { blocks = [:] }
        blocks[start] = block
        return block
    }

    private func fetch(_ range: Range<Int>) throws -> [UInt8] {
        let answer = Answer()
        Task { [source] in
            do {
                answer.result = .success(try await source.bytes(in: range))
            } catch { answer.result = .failure(error) }
            answer.ready.signal()
        }
        answer.ready.wait()
        return try answer.result.get()
    }

    /// Written before the signal, read after it.
    private final class Answer: @unchecked Sendable {
        let ready = DispatchSemaphore(value: 0)
        var result: Result<[UInt8], any Error> = .success([])
    }
}
