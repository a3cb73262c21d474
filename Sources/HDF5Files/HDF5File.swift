import CHDF5Files
import CairnCore
import TensorFormats

/// A file that the library has open; on its thread only.
struct HDF5File {
    private let handle: Int64
    private let reader: BlockingReader

    init?(_ reader: BlockingReader) {
        self.reader = reader
        handle = cairn_hdf5_open(
            { context, offset, count, out in
                let reader = Unmanaged<BlockingReader>.fromOpaque(context!).takeUnretainedValue()
                let out = UnsafeMutableRawBufferPointer(start: out, count: count)
                guard let offset = Int(exactly: offset) else { return -1 }
                return reader.read(offset, into: out) ? 0 : -1
            }, Unmanaged.passUnretained(reader).toOpaque(), UInt64(reader.source.byteCount))
        if handle < 0 { return nil }
    }

    func close() { cairn_hdf5_close(handle) }

    // MARK: Its datasets

    fileprivate final class Found {
        var tensors: [Tensor] = []
        var others: [OtherTensor] = []
    }

    /// Groups and names on the way are a tensor's name: `layers/dense/vars/0`.
    func table() -> TensorTable {
        let found = Found()
        let failed = cairn_hdf5_each(
            handle,
            { context, dataset in
                let found = Unmanaged<Found>.fromOpaque(context!).takeUnretainedValue()
                if let dataset { found.add(dataset.pointee) }
                // More than this is no model's.
                return found.tensors.count + found.others.count < 1 << 20 ? 0 : -1
            }, Unmanaged.passUnretained(found).toOpaque())
        guard failed >= 0 else { return .opaque(HDF5.problem) }
        return .shared(
            .hdf5, found.tensors, others: found.others,
            metadata: failed > 0 ? ["unreadable": "\(failed)"] : [:],
            fileByteCount: reader.source.byteCount)
    }

    // MARK: Reading

    func rows(_ rows: Range<Int>, of tensor: OtherTensor) -> [UInt8]? {
        let row = tensor.shape.dropFirst().reduce(tensor.element.byteCount) { product, size in
            product.multipliedReportingOverflow(by: size).partialValue
        }
        let (count, runsOver) = row.multipliedReportingOverflow(by: rows.count)
        guard tensor.isReadable, !runsOver, count >= 0 else { return nil }
        if count == 0 { return [] }
        var isRead = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            isRead =
                cairn_hdf5_rows(
                    handle, tensor.name, Int32(tensor.element.rawValue), UInt64(rows.lowerBound),
                    UInt64(rows.count), buffer.baseAddress) == 0
            used = isRead ? count : 0
        }
        return isRead ? bytes : nil
    }
}

extension HDF5File.Found {
    func add(_ dataset: cairn_hdf5_dataset) {
        let name = String(cString: dataset.name)
        let shape = (0..<Int(dataset.rank)).map { Int(clamping: dataset.dims[$0]) }
        let element = ElementType(rawValue: UInt8(clamping: dataset.element)) ?? .opaque
        guard let why = dataset.why else {
            return tensors.append(
                Tensor(
                    name: name, element: element, shape: shape, offset: Int(dataset.offset),
                    byteCount: Int(clamping: dataset.byte_count)))
        }
        others.append(
            OtherTensor(
                name: name, element: element, shape: shape, why: String(cString: why),
                isReadable: dataset.is_readable != 0))
    }
}
