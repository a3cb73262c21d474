/// A line of fields with a separator between them. Source: RFC 4180.
enum DelimitedLine {
    /// Quotes around a field are taken off, doubled ones inside are one; spaces around a field that
    /// is not quoted do not count. Runs of spaces as separators are one.
    static func fields(of text: String, separator: UInt8) -> [String] {
        var (fields, field) = ([String](), [UInt8]())
        var (isQuoted, wasQuoted) = (false, false)
        let end = { (field: [UInt8], wasQuoted: Bool) -> String in
            let text = String(decoding: field, as: UTF8.self)
            return wasQuoted ? text : String(trimming: text)
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted: isQuoted = false
            case UInt8(ascii: "\"") where field.isEmpty || field.allSatisfy({ $0 == 0x20 }):
                (isQuoted, wasQuoted, field) = (true, true, [])
            case UInt8(ascii: "\"") where wasQuoted:
                field.append(byte)
                isQuoted = true
            case separator where !isQuoted:
                if separator != 0x20 || !field.isEmpty { fields.append(end(field, wasQuoted)) }
                (field, wasQuoted) = ([], false)
            default: field.append(byte)
            }
        }
        if separator != 0x20 || !field.isEmpty { fields.append(end(field, wasQuoted)) }
        return fields
    }
}

extension String {
    /// Without spaces and tabs at its ends.
    fileprivate init(trimming text: String) {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else {
            self = ""
            return
        }
        self = String(text[first...last])
    }
}
