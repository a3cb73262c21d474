import CHDF5Files
import CairnCore
import Ports
import TensorFormats

/// HDF5 files: a dataset for each tensor, in a row; slashes in names make groups.
///
/// HDF5 has no bfloat16: those become float32, which holds each of them exactly, and the attribute
/// `cairn_dtype` says what they were. So it does for float8, which lie as bytes.
public struct HDF5Layout: TensorFileLayout {
    public init() {}

    public func element(for element: ElementType) -> ElementType? {
        switch element {
        case .bfloat16: .float32
        case .opaque, .quantized: nil
        default: element
        }
    }

    public func layOut(
        _ tensors: [TensorToWrite], metadata: [String: String], at path: String
    ) async throws -> [Int] {
        var notes = metadata.isEmpty ? [:] : ["/": metadata]
        for tensor in tensors where tensor.source != tensor.element || tensor.source.isFloat8 {
            notes[tensor.name] = ["cairn_dtype": tensor.source.name]
        }
        return try await layOut(tensors, notes: notes, at: path)
    }

    private func layOut(
        _ tensors: [TensorToWrite], notes: [String: [String: String]], at path: String
    ) async throws -> [Int] {
        try await HDF5Thread.run {
            let file = cairn_hdf5_create(path)
            guard file >= 0 else { throw Self.failure("making \(path)") }
            var offsets: [Int] = []
            do {
                for tensor in tensors {
                    let shape = tensor.shape.map { UInt64($0) }
                    let offset = cairn_hdf5_add(
                        file, tensor.name, Int32(tensor.element.rawValue), Int32(shape.count), shape
                    )
                    guard offset != -1 else {
                        throw Self.failure("adding '\(tensor.name)' to \(path)")
                    }
                    offsets.append(max(0, Int(offset)))
                }
                for (name, texts) in notes.sorted(by: { $0.key < $1.key }) {
                    for (key, value) in texts.sorted(by: { $0.key < $1.key })
                    where cairn_hdf5_note(file, name, key, value) != 0 {
                        throw Self.failure("noting '\(key)' in \(path)")
                    }
                }
            } catch {
                _ = cairn_hdf5_finish(file)
                throw error
            }
            guard cairn_hdf5_finish(file) == 0 else { throw Self.failure("finishing \(path)") }
            return offsets
        }
    }

    fileprivate static func failure(_ what: String) -> RPCError {
        RPCError(.unavailable, "\(what) failed: \(HDF5.problem)")
    }
}

extension ElementType {
    fileprivate var isFloat8: Bool { self == .float8e4m3 || self == .float8e5m2 }
}
