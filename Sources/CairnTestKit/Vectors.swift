import FoundationEssentials
import Glibc

/// Known answers from outside, in the folder that `CAIRN_VECTORS` names, or the repo's own copy.
public enum Vectors {
    public static let folder: String = {
        if let folder = getenv("CAIRN_VECTORS") { return String(cString: folder) }
        let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + package + "/Tests/Vectors"
    }()

    public static func load(_ name: String) throws -> JSONValue {
        let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
        return try JSONValue(parsing: Array(data))
    }

    /// The rule of the vector files: `|got − want| ≤ max(rel · |want|, abs or 1e-12)`; NaN equals NaN.
    public static func agree(
        _ got: Double, _ want: Double, relative: Double, absolute: Double? = nil
    ) -> Bool {
        if want.isNaN || got.isNaN { return want.isNaN && got.isNaN }
        if got == want { return true }
        return (got - want).magnitude <= max(relative * want.magnitude, absolute ?? 1e-12)
    }
}
