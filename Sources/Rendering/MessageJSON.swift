import CairnCore
import Messages

extension JSONText {
    /// A message of the wire as JSON: its fields by their names in `proto/`, bytes in hexadecimal,
    /// enums by their names in lower case.
    public init(_ message: some WireMessage) { self = Self.reflected(message) }

    /// The generated messages are plain structs: their fields are all that there is to them.
    private static func reflected(_ value: Any) -> JSONText {
        switch value {
        case let text as String: return .string(text)
        case let flag as Bool: return .bool(flag)
        case let number as Double: return .number(number)
        // An empty array of anything is also an empty `[UInt8]`, so the type itself decides.
        case let bytes as [UInt8] where type(of: value) == [UInt8].self:
            return .string(Hexadecimal.text(of: bytes))
        case let number as any BinaryInteger: return JSONText(number)
        case let items as [Any]: return .array(items.map(reflected))
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { reflected($0.value) } ?? .null
        case .enum: return .string(String(describing: value).snakeCased)
        default:
            return .object(
                mirror.children.map { Member(($0.label ?? "").snakeCased, reflected($0.value)) })
        }
    }
}

extension String {
    /// `createdUnixMs` → `created_unix_ms`.
    var snakeCased: String {
        reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text += "_" }
            text += letter.lowercased()
        }
    }
}
