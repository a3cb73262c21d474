import CYAML
import CairnCore

/// One step of libyaml through a document, copied out of its memory.
struct YAMLEvent {
    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd
        case scalar(String, isQuoted: Bool)
        case listStart, listEnd, mapStart, mapEnd
    }

    let kind: Kind
    let place: ConfigPlace
}

/// libyaml's parser over bytes that outlive it. The only place that sees its pointers.
final class YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(reading bytes: UnsafeBufferPointer<UInt8>) {
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("out of memory") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    func next() throws(ConfigError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        let place = Self.place(event.start_mark)
        return YAMLEvent(kind: try Self.kind(of: event, at: place), place: place)
    }

    private static func kind(of event: yaml_event_t, at place: ConfigPlace) throws(ConfigError)
        -> YAMLEvent.Kind
    {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_START_EVENT:
            try refuse(event.data.sequence_start.anchor, event.data.sequence_start.tag, place)
            return .listStart
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_START_EVENT:
            try refuse(event.data.mapping_start.anchor, event.data.mapping_start.tag, place)
            return .mapStart
        case YAML_MAPPING_END_EVENT: return .mapEnd
        case YAML_SCALAR_EVENT: return try scalar(event, at: place)
        case YAML_ALIAS_EVENT:
            throw ConfigError("aliases (*name) are not understood here", at: place)
        default: throw ConfigError("libyaml's event \(event.type.rawValue) is unknown", at: place)
        }
    }

    private static func scalar(_ event: yaml_event_t, at place: ConfigPlace) throws(ConfigError)
        -> YAMLEvent.Kind
    {
        let scalar = event.data.scalar
        try refuse(scalar.anchor, scalar.tag, place)
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        // libyaml has checked the encoding of the whole input.
        let text = String(decoding: bytes, as: UTF8.self)
        return .scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
    }

    private static func refuse(
        _ anchor: UnsafeMutablePointer<UInt8>?, _ tag: UnsafeMutablePointer<UInt8>?,
        _ place: ConfigPlace
    ) throws(ConfigError) {
        if anchor != nil {
            throw ConfigError("anchors (&name) are not understood here", at: place)
        }
        if let tag {
            throw ConfigError("the tag \(String(cString: tag)) is not understood here", at: place)
        }
    }

    /// libyaml's own words. Errors of its reader carry a byte offset instead of a line.
    private func problem() -> ConfigError {
        let text = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
        if parser.pointee.error == YAML_READER_ERROR {
            return ConfigError(
                "not YAML: \(text) at byte \(parser.pointee.problem_offset)",
                at: Self.place(parser.pointee.mark))
        }
        let context = parser.pointee.context.map { ", \(String(cString: $0))" } ?? ""
        return ConfigError(
            "not YAML: \(text)\(context)", at: Self.place(parser.pointee.problem_mark))
    }

    private static func place(_ mark: yaml_mark_t) -> ConfigPlace {
        ConfigPlace(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
