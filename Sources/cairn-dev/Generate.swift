import FoundationEssentials

/// Reads `proto/*.proto` and writes one Swift file for each into `folder`. The C beside it comes from
/// protoc-c.
func generateMessages(into folder: String) throws {
    let files = FileManager.default
    let names = try files.contentsOfDirectory(atPath: "proto").filter { $0.hasSuffix(".proto") }
        .map { String($0.dropLast(6)) }.sorted()
    var parsed: [(name: String, file: ProtoFile)] = []
    for name in names {
        let text = try String(contentsOfFile: "proto/\(name).proto", encoding: .utf8)
        parsed.append((name, try ProtoFile(parsing: text, named: "proto/\(name).proto")))
    }
    try checkMethodNumbers(parsed.flatMap { $0.file.services }.flatMap(\.calls))
    let enumNames = Set(parsed.flatMap { $0.file.enumerations.map(\.name) })
    for (name, file) in parsed {
        let source = MessageGenerator(file: file, fileName: name, enumNames: enumNames)
            .swiftSource()
        let path = "\(folder)/\(name.prefix(1).uppercased() + name.dropFirst()).swift"
        try source.write(toFile: path, atomically: true, encoding: .utf8)
        print("wrote \(path)")
    }
}

private func checkMethodNumbers(_ calls: [ProtoFile.Call]) throws {
    for (id, group) in Dictionary(grouping: calls, by: \.id) where group.count > 1 {
        throw ProtoFile.ParseError(
            description:
                "method number \(id) is used by \(group.map(\.name).joined(separator: ", "))")
    }
}
