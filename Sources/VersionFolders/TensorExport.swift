import CairnCore
import Glibc
import Ingestion
import Ports
import TensorFormats

/// Writes tensors of a version into one file of another format.
public struct TensorExport: Sendable {
    let tensors: VersionTensors
    let layout: any TensorFileLayout

    public init(_ tensors: VersionTensors, layout: any TensorFileLayout) {
        (self.tensors, self.layout) = (tensors, layout)
    }

    /// What was written.
    public struct Report: Sendable, Equatable {
        public var tensorCount = 0
        public var byteCount = 0
        /// Tensors that have no place in the new file, each with its reason.
        public var leftOut: [String] = []
    }

    private typealias Entry = VersionTensors.Entry

    /// The file appears whole under its name, or not at all.
    ///
    /// - Parameters:
    ///   - names: of the tensors, as the version's files write them; empty is all.
    ///   - path: a file of that name is replaced.
    /// - Throws: `RPCError` where a name is not there, or no tensor could be written.
    public func write(
        _ names: [String], metadata: [String: String], to path: String,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> Report {
        let chosen = try chosen(names)
        var (report, wanted) = (Report(), [(entry: Entry, tensor: TensorToWrite)]())
        for entry in chosen {
            do throws(RPCError) {
                wanted.append((entry, try tensor(for: entry, isNamed: !names.isEmpty)))
            } catch { report.leftOut.append(error.text) }
        }
        guard !wanted.isEmpty else {
            throw RPCError(
                .refused,
                report.leftOut.first ?? "this version has no tensors that are understood")
        }
        let draft = path + ".cairn-part"
        do {
            try await fill(draft, wanted, metadata, &report, progress)
            try Paths.rename(draft, to: path)
        } catch {
            unlink(draft)
            throw (error as? FileError)?.asRPCError ?? error
        }
        return report
    }

    private func chosen(_ names: [String]) throws -> [Entry] {
        if names.isEmpty { return tensors.entries }
        return try names.map { name in
            let found = tensors.entries.filter {
                $0.name == name || "\($0.path):\($0.name)" == name
            }
            guard let first = found.first else {
                let near = Nearest.word(to: name, among: tensors.entries.map(\.name))
                throw RPCError(
                    .notFound,
                    "this version has no tensor '\(name)'"
                        + (near.map { "; did you mean '\($0)'?" } ?? ""))
            }
            guard found.count == 1 else {
                let paths = found.map { "'\($0.path):\(name)'" }.joined(separator: ", ")
                throw RPCError(
                    .invalidArgument, "several files have a tensor '\(name)'; name one of \(paths)")
            }
            return first
        }
    }

    private func tensor(
        for entry: Entry, isNamed: Bool
    ) throws(RPCError) -> TensorToWrite {
        guard let element = layout.element(for: entry.element) else {
            throw RPCError(
                .refused,
                "'\(entry.name)' is of type \(entry.element.name), which has no place in such a file"
            )
        }
        if case .coded(let tensor, _) = entry.place, !tensor.isReadable {
            throw RPCError(.refused, "'\(entry.name)' is \(tensor.why)")
        }
        // The same name in two files would be two tensors of one name.
        let isShared = tensors.entries.contains { $0.name == entry.name && $0.path != entry.path }
        return TensorToWrite(
            name: isShared && !isNamed ? entry.path + "/" + entry.name : entry.name,
            source: entry.element, element: element, shape: entry.shape)
    }

    private func fill(
        _ draft: String, _ wanted: [(entry: Entry, tensor: TensorToWrite)],
        _ metadata: [String: String], _ report: inout Report,
        _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws {
        let offsets = try await layout.layOut(
            wanted.map(\.tensor), metadata: metadata, at: draft)
        let file = try OpenFile(draft, O_RDWR)
        let all = wanted.reduce(0) { $0 + ($1.tensor.byteCount ?? 0) }
        for ((entry, tensor), offset) in zip(wanted, offsets) {
            let widens = tensor.source == .bfloat16 && tensor.element == .float32
            try await tensors.read(entry) { start, bytes in
                let bytes = widens ? Self.widened(bytes) : bytes
                let place = offset + start * (widens ? 2 : 1)
                try bytes.withUnsafeBytes { try file.write($0, at: place) }
                report.byteCount += bytes.count
                progress(report.byteCount, all)
            }
            report.tensorCount += 1
        }
        try file.sync()
    }

    /// Each bfloat16 as the float32 that is equal to it.
    private static func widened(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 2 * bytes.count) { out, count in
            let words = UnsafeMutableRawBufferPointer(out)
            bytes.withUnsafeBytes { bytes in
                for index in 0..<bytes.count / 2 {
                    let word = bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
                    let wide = UInt32(UInt16(littleEndian: word)) << 16
                    words.storeBytes(
                        of: wide.littleEndian, toByteOffset: 4 * index, as: UInt32.self)
                }
            }
            count = 2 * bytes.count
        }
    }
}
