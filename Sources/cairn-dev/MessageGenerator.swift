/// Writes the Swift structs, and their mapping from and to protobuf-c's, for one `.proto` file.
struct MessageGenerator {
    let file: ProtoFile
    let fileName: String
    /// Names of every enum in `proto/`: what is neither scalar nor enum is a message.
    let enumNames: Set<String>

    func swiftSource() -> String {
        var out = """
            // Generated from proto/\(fileName).proto by `cairn-dev generate`. Do not edit.

            import CCairnMessages

            """
        for service in file.services { out += "\n" + source(of: service) }
        for enumeration in file.enumerations { out += "\n" + source(of: enumeration) }
        for message in file.messages {
            out += "\n" + structSource(of: message) + "\n" + mappingSource(of: message)
        }
        return out
    }

    private func source(of service: ProtoFile.Service) -> String {
        var lines = [
            "/// The calls of `cairn.\(service.name)`.", "public enum \(service.name)Methods {",
        ]
        for call in service.calls {
            let shape =
                switch (call.streamsRequest, call.streamsReply) {
                case (false, false): "unary"
                case (false, true): "serverStream"
                case (true, false): "clientStream"
                case (true, true): "bidirectional"
                }
            lines += [
                "    public static let \(call.name.lowerFirst) = Method<\(call.request), \(call.reply)>(",
                "        id: \(call.id), name: \"\(service.name)/\(call.name)\", shape: .\(shape))",
            ]
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private func source(of enumeration: ProtoFile.Enumeration) -> String {
        let prefix = enumeration.name.screamingSnake + "_"
        var lines = enumeration.comment.map { "/// \($0)".trimmed }
        lines.append("public enum \(enumeration.name): UInt32, Sendable, CaseIterable {")
        for item in enumeration.cases where item.number != 0 {
            let name = String(item.name.dropFirst(prefix.count)).lowercased().camel
            if !item.comment.isEmpty { lines.append("    /// \(item.comment)") }
            lines.append("    case \(name.escaped) = \(item.number)")
        }
        lines += [
            "",
            "    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {",
            "        guard let value = Self(rawValue: raw) else {",
            "            throw MessageError(",
            "                .unknownEnum, raw == 0 ? \"\\(field) is not set\" : "
                + "\"\\(field) holds \\(raw), unknown here\")",
            "        }",
            "        self = value",
            "    }",
            "}", "",
        ]
        return lines.joined(separator: "\n")
    }

    private func structSource(of message: ProtoFile.Message) -> String {
        var lines = message.comment.map { "/// \($0)".trimmed }
        lines.append("public struct \(message.name): Sendable, Equatable {")
        for field in message.fields {
            if !field.comment.isEmpty { lines.append("    /// \(field.comment)") }
            lines.append("    public var \(field.name.camel): \(swiftType(of: field))")
        }
        if !message.fields.isEmpty { lines.append("") }
        let parameters = message.fields.map { field in
            "\(field.name.camel): \(swiftType(of: field))"
                + (defaultValue(of: field).map { " = \($0)" } ?? "")
        }
        lines.append(
            parameters.isEmpty
                ? "    public init() {}"
                : "    public init(\n        " + parameters.joined(separator: ",\n        ")
                    + "\n    ) {")
        for field in message.fields {
            lines.append("        self.\(field.name.camel) = \(field.name.camel)")
        }
        if !parameters.isEmpty { lines.append("    }") }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private func mappingSource(of message: ProtoFile.Message) -> String {
        let c = "Cairn__\(message.name)"
        let function = "cairn__\(message.name.snake)__"
        var lines = [
            "extension \(message.name): WireMessage {",
            "    public static let name = \"cairn.\(message.name)\"",
            "",
            "    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {",
            "        self = try Arena.decode(bytes, Self.name, \(function)unpack) {",
            "            (c: \(c)) throws(MessageError) in try Self(c)",
            "        }",
            "    }",
            "",
            "    public func encoded() throws(MessageError) -> [UInt8] {",
            "        let arena = Arena()",
            "        return try arena.pack(try fill(arena), Self.name)",
            "    }",
            "",
            "    init(_ c: \(c)) throws(MessageError) {",
        ]
        lines += message.fields.map { "        self.\($0.name.camel) = \(read($0, of: message))" }
        lines += [
            "    }",
            "",
            "    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<\(c)> {",
            "        let c = try arena.new(\(c).self)",
            "        \(function)init(c)",
        ]
        lines += message.fields.flatMap { write($0, of: message) }.map { "        \($0)" }
        lines += ["        return c", "    }", "}", ""]
        return lines.joined(separator: "\n")
    }

    // MARK: One field

    private static let scalars = [
        "uint32": "UInt32", "uint64": "UInt64", "sint64": "Int64", "int64": "Int64",
        "sint32": "Int32", "double": "Double", "float": "Float", "bool": "Bool",
        "string": "String", "bytes": "[UInt8]",
    ]

    private func isMessage(_ type: String) -> Bool {
        Self.scalars[type] == nil && !enumNames.contains(type)
    }

    private func swiftType(of field: ProtoFile.Field) -> String {
        let element = Self.scalars[field.type] ?? field.type
        if field.isRepeated { return "[\(element)]" }
        return isMessage(field.type) ? element + "?" : element
    }

    private func defaultValue(of field: ProtoFile.Field) -> String? {
        if field.isRepeated { return "[]" }
        if isMessage(field.type) { return "nil" }
        if enumNames.contains(field.type) { return nil }
        return switch field.type {
        case "string": "\"\""
        case "bytes": "[]"
        case "bool": "false"
        default: "0"
        }
    }

    /// Names that C and Swift spell differently.
    private func member(_ field: ProtoFile.Field) -> String { "c.\(field.name.escaped)" }

    private func read(_ field: ProtoFile.Field, of message: ProtoFile.Message) -> String {
        let label = "\"\(message.name).\(field.name)\""
        if field.isRepeated { return readRepeated(field, label) }
        switch field.type {
        case "string": return "try Arena.text(\(member(field)), \(label))"
        case "bytes": return "Arena.bytes(\(member(field)))"
        case "bool": return "\(member(field)) != 0"
        case _ where enumNames.contains(field.type):
            return "try \(field.type)(\(member(field)).rawValue, \(label))"
        case _ where isMessage(field.type):
            return
                "if let pointer = \(member(field)) { try \(field.type)(pointer.pointee) } else { nil }"
        default: return member(field)
        }
    }

    private func readRepeated(_ field: ProtoFile.Field, _ label: String) -> String {
        let source = "\(member(field)), c.n_\(field.name)"
        let map = { (body: String) in
            "try Arena.map(\(source)) { item throws(MessageError) in \(body) }"
        }
        switch field.type {
        case "string": return map("try Arena.text(item, \(label))")
        case "bytes": return map("Arena.bytes(item)")
        case "bool": return map("item != 0")
        case _ where enumNames.contains(field.type):
            return map("try \(field.type)(item.rawValue, \(label))")
        case _ where isMessage(field.type):
            return map("try \(field.type)(try Arena.pointee(item, \(label)))")
        default: return "Arena.values(\(source))"
        }
    }

    private func write(_ field: ProtoFile.Field, of message: ProtoFile.Message) -> [String] {
        let name = field.name.camel
        let label = "\"\(message.name).\(field.name)\""
        let target = "c.pointee.\(field.name.escaped)"
        if field.isRepeated { return writeRepeated(field, label) }
        switch field.type {
        case "string":
            return ["if !\(name).isEmpty { \(target) = try arena.string(\(name), \(label)) }"]
        case "bytes":
            return ["if !\(name).isEmpty { \(target) = try arena.binary(\(name)) }"]
        case "bool": return ["\(target) = \(name) ? 1 : 0"]
        case _ where enumNames.contains(field.type):
            return ["\(target) = Cairn__\(field.type)(rawValue: \(name).rawValue)"]
        case _ where isMessage(field.type):
            return ["if let \(name) { \(target) = try \(name).fill(arena) }"]
        default: return ["\(target) = \(name)"]
        }
    }

    private func writeRepeated(_ field: ProtoFile.Field, _ label: String) -> [String] {
        let name = field.name.camel
        let element: String, value: String
        switch field.type {
        case "string":
            (element, value) = ("UnsafeMutablePointer<CChar>?", "try arena.string(value, \(label))")
        case "bytes": (element, value) = ("ProtobufCBinaryData", "try arena.binary(value)")
        case "bool": (element, value) = ("protobuf_c_boolean", "value ? 1 : 0")
        case _ where enumNames.contains(field.type):
            (element, value) = (
                "Cairn__\(field.type)", "Cairn__\(field.type)(rawValue: value.rawValue)"
            )
        case _ where isMessage(field.type):
            (element, value) = (
                "UnsafeMutablePointer<Cairn__\(field.type)>?", "try value.fill(arena)"
            )
        default:
            return [
                "c.pointee.n_\(field.name) = \(name).count",
                "c.pointee.\(field.name.escaped) = try arena.copy(\(name))",
            ]
        }
        return [
            "let \(name)Items = try arena.array(of: \(element).self, count: \(name).count)",
            "for (index, value) in \(name).enumerated() { \(name)Items[index] = \(value) }",
            "c.pointee.n_\(field.name) = \(name).count",
            "c.pointee.\(field.name.escaped) = \(name)Items",
        ]
    }
}

extension String {
    var lowerFirst: String { prefix(1).lowercased() + dropFirst() }

    /// `started_unix_ms` → `startedUnixMs`.
    var camel: String {
        let parts = split(separator: "_").map(String.init)
        return (parts.first ?? "")
            + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }

    /// `OpenUpload` → `open_upload`.
    var snake: String {
        var out = ""
        for letter in self {
            if letter.isUppercase, !out.isEmpty { out += "_" }
            out += letter.lowercased()
        }
        return out
    }

    var screamingSnake: String { snake.uppercased() }

    /// The name as an identifier, where it is a Swift keyword too.
    var escaped: String {
        let keywords = ["case", "default", "in", "internal", "protocol", "repeat", "self"]
        return keywords.contains(self) ? "`\(self)`" : self
    }
}
