import CairnCore
import Compression

/// PyTorch's files: a zip of stored entries, `data.pkl` and one file for each storage.
///
/// Source: PyTorch's `torch/serialization.py` and `caffe2/serialize/inline_container.h`.
enum TorchArchive {
    static func look(_ known: KnownBytes) throws(FormatProblem) -> TensorFile.Finding {
        let size = known.fileByteCount
        let tail = ZipDirectory.tail(fileByteCount: size)
        guard let end = known.bytes(tail) else { return .needs([tail]) }
        let directory = try inZip { () throws(ZipError) in
            try ZipDirectory.range(
                in: end, fileByteCount: size, byteCountMax: TensorFile.headerByteCountMax)
        }
        guard let bytes = known.bytes(directory) else { return .needs([directory]) }
        let entries = try inZip { () throws(ZipError) in
            try ZipDirectory.entries(bytes, endsBefore: directory.lowerBound)
        }
        if let packed = entries.first(where: { $0.method != .stored }) {
            throw FormatProblem("'\(packed.name)' is compressed; PyTorch stores its entries")
        }
        guard let pickle = entries.first(where: { $0.name.hasSuffix("/data.pkl") }) else {
            return .table(.opaque())
        }
        let top = pickle.name.dropLast("data.pkl".count)
        let storages = entries.filter { $0.name.hasPrefix(top + "data/") }
        var places: [String: Range<Int>] = [:]
        // Most that is asked for is asked for at once.
        var missing: [Range<Int>] = []
        for entry in storages + [pickle] + entries.filter({ $0.name == top + "byteorder" }) {
            let header = entry.header..<entry.header + ZipEntry.localByteCount
            guard let local = known.bytes(header) else {
                missing.append(header)
                continue
            }
            places[entry.name] = try inZip { () throws(ZipError) in
                try entry.place(local: local, endsBefore: directory.lowerBound)
            }
        }
        guard missing.isEmpty, let place = places[pickle.name] else { return .needs(missing) }
        guard place.count <= TensorFile.headerByteCountMax else {
            throw FormatProblem("a data.pkl of \(place.count) bytes; 100 MB is most")
        }
        let order = places[top + "byteorder"]
        let wanted = [place] + (order.map { [$0] } ?? [])
        guard let data = known.bytes(place), order == nil || order.map({ known.bytes($0) }) != nil
        else { return .needs(wanted) }
        if let order, let text = known.bytes(order), !text.starts(with: Array("little".utf8)) {
            throw FormatProblem("its numbers are big-endian")
        }
        let views = TorchTensors(try Pickle(data)).views
        return .table(
            table(views, fileByteCount: size) { places[top + "data/" + $0] })
    }

    private static func inZip<Found>(_ body: () throws(ZipError) -> Found) throws(FormatProblem)
        -> Found
    {
        do throws(ZipError) { return try body() } catch {
            throw FormatProblem(error.description)
        }
    }

    private static func table(
        _ views: [TorchTensors.View], fileByteCount: Int, place: (String) -> Range<Int>?
    ) -> TensorTable {
        var (tensors, others, names) = ([Tensor](), [OtherTensor](), Set<String>())
        for view in views where names.insert(view.name).inserted {
            guard let place = place(view.storage) else { continue }
            let count = TensorFile.byteCount(of: view.shape, view.element)
            let (start, runsOver) = view.offset.multipliedReportingOverflow(
                by: view.element.byteCount)
            guard view.isContiguous, let count, !runsOver, start <= place.count,
                count <= place.count - start
            else {
                others.append(
                    OtherTensor(
                        name: view.name, element: view.element, shape: view.shape,
                        why: "strided: not row by row", isReadable: false))
                continue
            }
            tensors.append(
                Tensor(
                    name: view.name, element: view.element, shape: view.shape,
                    offset: place.lowerBound + start, byteCount: count))
        }
        return .shared(.pytorch, tensors, others: others, fileByteCount: fileByteCount)
    }
}
