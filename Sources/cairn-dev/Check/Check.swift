import FoundationEssentials

/// Reads every file that Git tracks (or would, were it added) and prints what breaks a rule.
/// - Returns: whether the house is in order; advice does not count.
func checkHouse(files paths: [String]) throws -> Bool {
    var findings: [Finding] = []
    for path in paths {
        // A file that is deleted but not committed so, or binary, has no lines to check.
        guard let bytes = FileManager.default.contents(atPath: path),
            let text = String(validating: bytes, as: UTF8.self)
        else { continue }
        let file = SourceFile(path: path, text: text)
        findings += ImportRules.findings(in: file) + TextRules.findings(in: file)
    }
    let protos = try paths.filter { $0.hasPrefix("proto/") && $0.hasSuffix(".proto") }.map {
        try ProtoFile(parsing: String(contentsOfFile: $0, encoding: .utf8), named: $0)
    }
    findings += ProtoRules.recursions(in: protos).map { Finding(path: "proto", line: 1, text: $0) }
    for finding in findings { print(finding) }
    let count = findings.count { !$0.isAdvice }
    print("\(paths.count) files, \(count == 0 ? "the house is in order" : "\(count) to mend")")
    return count == 0
}
