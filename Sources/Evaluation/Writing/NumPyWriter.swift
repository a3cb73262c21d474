import Compression

/// Writes `.npy` and `.npz` files, one array behind the other: each takes a pass over what is read.
struct NumPyWriter {
    private let survey: FieldSurvey
    private let isArchive: Bool
    private let arrays: [NumPyArray]

    init(_ survey: FieldSurvey, isArchive: Bool) throws(InputError) {
        (self.survey, self.isArchive) = (survey, isArchive)
        arrays = NumPyArray.all(of: survey)
        guard isArchive || arrays.count == 1 else {
            throw InputError(
                "a .npy file is one array, and these are \(arrays.count) ("
                    + "\(InputError.list(arrays.map(\.name)))); write .npz")
        }
    }

    /// - Parameter open: makes a reader that begins at the file's beginning.
    func run(_ open: () throws -> FieldReader, _ write: ([UInt8]) throws -> Void) throws {
        var archive = ZipWriter()
        for array in arrays {
            let head = array.header
            let byteCount = head.count + array.byteCount
            if isArchive { try write(archive.begin(array.name + ".npy", byteCount: byteCount)) }
            func put(_ bytes: [UInt8]) throws {
                if isArchive { archive.add(bytes) }
                try write(bytes)
            }
            try put(head)
            if let bytes = array.ownBytes {
                try put(bytes)
            } else {
                var encoder = array.encoder
                try put(encoder.start)
                var reader = try open()
                while let blocks = try reader.next() {
                    for block in blocks { try put(try encoder.bytes(block)) }
                }
            }
            if isArchive { try write(archive.end()) }
        }
        if isArchive { try write(archive.directory()) }
    }
}
