import CairnCore

/// The uploads between their opening and their commit.
///
/// Lost with the process, on purpose: whoever opens one again with the same id goes on, for the
/// chunks that arrived are kept and offered chunks are answered by what is stored.
public struct UploadTable: Sendable {
    public struct Upload: Sendable, Equatable {
        public let model: ModelName
        public let run: RunID?
        /// What the store grew by for it, since the process began.
        public fileprivate(set) var newByteCount: UInt64 = 0
        fileprivate var parts = ManifestParts()
        fileprivate let order: Int
    }

    private var uploads: [UploadID: Upload] = [:]
    private var openedCount = 0

    public init() {}

    public var count: Int { uploads.count }

    /// Opens an upload, or goes on with one: its manifest begins anew.
    /// - Returns: true when it was open already.
    public mutating func open(_ id: UploadID, model: ModelName, run: RunID?) throws(IngestError)
        -> Bool
    {
        if let known = uploads[id] {
            guard known.model == model, known.run == run else {
                throw IngestError(
                    .conflict,
                    "upload \(id) was opened for \(known.model)"
                        + (known.run.map { " and run \($0)" } ?? "") + "; take a new upload id")
            }
            uploads[id]?.parts = ManifestParts()
            return true
        }
        if uploads.count >= IngestLimits.openUploads { forgetOldest() }
        openedCount += 1
        uploads[id] = Upload(model: model, run: run, order: openedCount)
        return false
    }

    private mutating func forgetOldest() {
        if let oldest = uploads.min(by: { $0.value.order < $1.value.order })?.key {
            uploads[oldest] = nil
        }
    }

    public func upload(_ id: UploadID) throws(IngestError) -> Upload {
        guard let upload = uploads[id] else {
            throw IngestError(
                .notFound,
                "upload \(id) is not open here; open it again with the same id and offer its "
                    + "chunks: what arrived is kept",
                facts: ["reopen": "true"])
        }
        return upload
    }

    /// Counts what the store grew by.
    public mutating func grew(_ id: UploadID, by byteCount: UInt64) {
        uploads[id]?.newByteCount += byteCount
    }

    /// Takes a part of the manifest.
    /// - Returns: the whole manifest with the last part, else `nil`.
    public mutating func add(
        _ files: [Manifest.File], part: Int, isLast: Bool, to id: UploadID
    ) throws(IngestError) -> Manifest? {
        var upload = try upload(id)
        try upload.parts.add(files, at: part)
        uploads[id] = upload
        guard isLast else { return nil }
        do throws(IngestError) {
            return try upload.parts.manifest(last: part)
        } catch  where error.code == .invalid {
            // It will not get better by a repeat: the next try may bring other files.
            uploads[id]?.parts = ManifestParts()
            throw error
        }
    }

    /// Committed or given up. Safe to repeat.
    public mutating func close(_ id: UploadID) { uploads[id] = nil }
}
