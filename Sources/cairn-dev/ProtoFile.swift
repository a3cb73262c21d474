/// One `.proto` file of ours, as far as the generator needs it: our own style of proto3, with
/// comments above messages and behind fields, without oneofs, maps or nested messages.
struct ProtoFile {
    struct Field {
        var name: String, type: String, isRepeated: Bool, comment: String
    }
    struct Message {
        var name: String, comment: [String], fields: [Field] = []
    }
    struct Enumeration {
        var name: String, comment: [String],
            cases: [(name: String, number: Int, comment: String)] = []
    }
    struct Call {
        var name: String, request: String, reply: String, id: String
        var streamsRequest: Bool, streamsReply: Bool
    }
    struct Service {
        var name: String, comment: [String], calls: [Call] = []
    }

    var messages: [Message] = []
    var enumerations: [Enumeration] = []
    var services: [Service] = []

    struct ParseError: Error, CustomStringConvertible { let description: String }

    init(parsing text: String, named file: String) throws {
        var comment: [String] = []
        var open: Block?
        for (index, rawLine) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = rawLine.trimmed
            let fail = { (what: String) in ParseError(description: "\(file):\(index + 1): \(what)")
            }
            if line.hasPrefix("//") {
                comment.append(String(line.dropFirst(2)).trimmed)
                continue
            }
            if line.isEmpty, open == nil { comment = [] }
            guard !line.isEmpty else { continue }
            if line == "}" {
                guard let block = open else { throw fail("'}' without a block") }
                close(block)
                open = nil
            } else if open == nil {
                open = Block(opening: line, comment: comment)
                if open == nil, !["syntax", "package", "import"].contains(line.firstWord) {
                    throw fail("expected message, enum or service: \(line)")
                }
            } else if try open?.add(line, comment: comment, fail: fail) == false {
                throw fail("not understood: \(line)")
            }
            comment = []
        }
    }

    private mutating func close(_ block: Block) {
        switch block {
        case .message(let message): messages.append(message)
        case .enumeration(let enumeration): enumerations.append(enumeration)
        case .service(let service): services.append(service)
        }
    }

    private enum Block {
        case message(Message), enumeration(Enumeration), service(Service)

        init?(opening line: String, comment: [String]) {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, words[2] == "{" else { return nil }
            switch words[0] {
            case "message": self = .message(Message(name: words[1], comment: comment))
            case "enum": self = .enumeration(Enumeration(name: words[1], comment: comment))
            case "service": self = .service(Service(name: words[1], comment: comment))
            default: return nil
            }
        }

        mutating func add(_ line: String, comment: [String], fail: (String) -> ParseError) throws
            -> Bool
        {
            let parts = line.split(separator: ";", maxSplits: 1).map { $0.trimmed }
            guard let statement = parts.first else { return false }
            let behind = parts.count > 1 ? String(parts[1].drop { $0 == "/" }).trimmed : ""
            let note = (comment + (behind.isEmpty ? [] : [behind])).joined(separator: " ")
            var words = statement.split(whereSeparator: { " ()".contains($0) }).map(String.init)
            switch self {
            case .message(var message):
                if words[0] == "reserved" { return true }
                let isRepeated = words[0] == "repeated"
                if isRepeated { words.removeFirst() }
                guard words.count == 4, words[2] == "=" else { return false }
                message.fields.append(
                    Field(name: words[1], type: words[0], isRepeated: isRepeated, comment: note))
                self = .message(message)
            case .enumeration(var enumeration):
                guard words.count == 3, let number = Int(words[2]) else { return false }
                enumeration.cases.append((words[0], number, note))
                self = .enumeration(enumeration)
            case .service(var service):
                guard words.first == "rpc", let id = comment.last, id.hasPrefix("0x") else {
                    throw fail("a call needs its number in the line above it, as // 0x0101")
                }
                words.removeAll { $0 == "returns" || $0 == "rpc" }
                let name = words.removeFirst()
                let streamsRequest = words[0] == "stream"
                if streamsRequest { words.removeFirst() }
                let request = words.removeFirst()
                let streamsReply = words[0] == "stream"
                if streamsReply { words.removeFirst() }
                service.calls.append(
                    Call(
                        name: name, request: request.lastPart, reply: words[0].lastPart, id: id,
                        streamsRequest: streamsRequest, streamsReply: streamsReply))
                self = .service(service)
            }
            return true
        }
    }
}

extension StringProtocol {
    var trimmed: String {
        var rest = Substring(self)
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
    var firstWord: String { String(prefix { $0.isLetter }) }
    var lastPart: String { String(split(separator: ".").last ?? "") }
}
