import CairnCore
import Messages

/// What is said where other bytes come under a test set's name: it is pinned by its digest.
public enum PinnedText {
    public static func newVersion(_ record: DatasetRecord, width: Int) -> [Painted] {
        let (name, version) = (record.name, record.version)
        return Painted(
            "\(name)@\(version - 1) is pinned by its digest "
                + "\(Hexadecimal.text(of: record.previousDigest)) and stays what it is. These are other "
                + "bytes, so they are another version. A suite measures on the version that it was "
                + "applied with; apply it again to measure on \(name)@\(version). Numbers of the two "
                + "are never compared."
        ).wrapped(width)
    }

    public static func movedSuite(
        _ old: SuiteSpec, _ new: SuiteSpec, _ datasets: [DatasetRecord], width: Int
    ) -> [Painted] {
        let (before, after) = (name(old.datasetDigest, datasets), name(new.datasetDigest, datasets))
        let lines = [
            "It measured on \(before) until now, pinned by its digest "
                + Hexadecimal.text(of: old.datasetDigest),
            "From now on it measures on \(after), pinned by its digest "
                + Hexadecimal.text(of: new.datasetDigest),
            "Numbers of the two are never compared: evaluate what new versions are compared with "
                + "again, or name \(before) in the suite to stay with it.",
        ]
        return lines.flatMap { Painted($0).wrapped(width) }
    }

    private static func name(_ digest: [UInt8], _ datasets: [DatasetRecord]) -> String {
        datasets.first { $0.digest == digest }.map { "\($0.name)@\($0.version)" }
            ?? "another data set"
    }
}
