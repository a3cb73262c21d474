// Generated from proto/common.proto by `cairn-dev generate`. Do not edit.

import CCairnMessages

public enum ErrorCode: UInt32, Sendable, CaseIterable {
    /// asked wrongly; the same call never succeeds
    case invalidArgument = 1
    case notFound = 2
    case alreadyExists = 3
    /// the present state differs from what the caller expected
    case conflict = 4
    /// not possible in the present state
    case refused = 5
    /// a limit or the disk is full
    case resourceExhausted = 6
    case deadlineExceeded = 7
    case cancelled = 8
    /// shutting down, or something it needs is away
    case unavailable = 9
    case unauthenticated = 10
    case permissionDenied = 11
    /// no such method in this version
    case unimplemented = 12
    /// stored bytes do not match their digest
    case dataLoss = 13
    /// a bug; the log of the service says more
    case `internal` = 14
    /// the frames broke the rules of the wire
    case `protocol` = 15

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

/// Either side → the other, as the first frame of a connection.
public struct Hello: Sendable, Equatable {
    /// lowest wire version that the sender speaks
    public var versionMin: UInt32
    /// highest
    public var versionMax: UInt32
    /// who connects, for logs: "trainer", "cairn-agent host-7"; at most 128 bytes
    public var name: String
    /// role credentials; empty where the service asks for none
    public var token: [UInt8]
    /// optional abilities, at most 64; unknown ones are ignored
    public var features: [String]

    public init(
        versionMin: UInt32 = 0,
        versionMax: UInt32 = 0,
        name: String = "",
        token: [UInt8] = [],
        features: [String] = []
    ) {
        self.versionMin = versionMin
        self.versionMax = versionMax
        self.name = name
        self.token = token
        self.features = features
    }
}

extension Hello: WireMessage {
    public static let name = "cairn.Hello"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__hello__unpack) {
            (c: Cairn__Hello) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Hello) throws(MessageError) {
        self.versionMin = c.version_min
        self.versionMax = c.version_max
        self.name = try Arena.text(c.name, "Hello.name")
        self.token = Arena.bytes(c.token)
        self.features = try Arena.map(c.features, c.n_features) { item throws(MessageError) in try Arena.text(item, "Hello.features") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Hello> {
        let c = try arena.new(Cairn__Hello.self)
        cairn__hello__init(c)
        c.pointee.version_min = versionMin
        c.pointee.version_max = versionMax
        if !name.isEmpty { c.pointee.name = try arena.string(name, "Hello.name") }
        if !token.isEmpty { c.pointee.token = try arena.binary(token) }
        let featuresItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: features.count)
        for (index, value) in features.enumerated() { featuresItems[index] = try arena.string(value, "Hello.features") }
        c.pointee.n_features = features.count
        c.pointee.features = featuresItems
        return c
    }
}

/// Server → client, the answer to Hello; the connection carries calls only after it.
public struct HelloReply: Sendable, Equatable {
    /// the wire version both sides speak from here on
    public var version: UInt32
    /// which service answers: "cairn-ingest"
    public var name: String
    public var features: [String]
    /// version of the program
    public var build: String

    public init(
        version: UInt32 = 0,
        name: String = "",
        features: [String] = [],
        build: String = ""
    ) {
        self.version = version
        self.name = name
        self.features = features
        self.build = build
    }
}

extension HelloReply: WireMessage {
    public static let name = "cairn.HelloReply"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__hello_reply__unpack) {
            (c: Cairn__HelloReply) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HelloReply) throws(MessageError) {
        self.version = c.version
        self.name = try Arena.text(c.name, "HelloReply.name")
        self.features = try Arena.map(c.features, c.n_features) { item throws(MessageError) in try Arena.text(item, "HelloReply.features") }
        self.build = try Arena.text(c.build, "HelloReply.build")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HelloReply> {
        let c = try arena.new(Cairn__HelloReply.self)
        cairn__hello_reply__init(c)
        c.pointee.version = version
        if !name.isEmpty { c.pointee.name = try arena.string(name, "HelloReply.name") }
        let featuresItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: features.count)
        for (index, value) in features.enumerated() { featuresItems[index] = try arena.string(value, "HelloReply.features") }
        c.pointee.n_features = features.count
        c.pointee.features = featuresItems
        if !build.isEmpty { c.pointee.build = try arena.string(build, "HelloReply.build") }
        return c
    }
}

/// The body of every ERROR frame.
public struct CallError: Sendable, Equatable {
    public var code: ErrorCode
    /// what happened, what was expected, what to do now; at most 4,096 bytes
    public var text: String
    /// the values a program would switch on, at most 64
    public var facts: [KeyValue]
    /// the same call may succeed later
    public var canRetry: Bool
    /// of a refusal, one word to branch on: "busy", "frozen", "quarantined",
    public var reason: String

    public init(
        code: ErrorCode,
        text: String = "",
        facts: [KeyValue] = [],
        canRetry: Bool = false,
        reason: String = ""
    ) {
        self.code = code
        self.text = text
        self.facts = facts
        self.canRetry = canRetry
        self.reason = reason
    }
}

extension CallError: WireMessage {
    public static let name = "cairn.CallError"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__call_error__unpack) {
            (c: Cairn__CallError) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__CallError) throws(MessageError) {
        self.code = try ErrorCode(c.code.rawValue, "CallError.code")
        self.text = try Arena.text(c.text, "CallError.text")
        self.facts = try Arena.map(c.facts, c.n_facts) { item throws(MessageError) in try KeyValue(try Arena.pointee(item, "CallError.facts")) }
        self.canRetry = c.can_retry != 0
        self.reason = try Arena.text(c.reason, "CallError.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__CallError> {
        let c = try arena.new(Cairn__CallError.self)
        cairn__call_error__init(c)
        c.pointee.code = Cairn__ErrorCode(rawValue: code.rawValue)
        if !text.isEmpty { c.pointee.text = try arena.string(text, "CallError.text") }
        let factsItems = try arena.array(of: UnsafeMutablePointer<Cairn__KeyValue>?.self, count: facts.count)
        for (index, value) in facts.enumerated() { factsItems[index] = try value.fill(arena) }
        c.pointee.n_facts = facts.count
        c.pointee.facts = factsItems
        c.pointee.can_retry = canRetry ? 1 : 0
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "CallError.reason") }
        return c
    }
}

/// A pair of texts, where order does not matter and keys are unique.
public struct KeyValue: Sendable, Equatable {
    /// 1 to 256 bytes
    public var key: String
    /// at most 65,536 bytes
    public var value: String

    public init(
        key: String = "",
        value: String = ""
    ) {
        self.key = key
        self.value = value
    }
}

extension KeyValue: WireMessage {
    public static let name = "cairn.KeyValue"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__key_value__unpack) {
            (c: Cairn__KeyValue) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__KeyValue) throws(MessageError) {
        self.key = try Arena.text(c.key, "KeyValue.key")
        self.value = try Arena.text(c.value, "KeyValue.value")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__KeyValue> {
        let c = try arena.new(Cairn__KeyValue.self)
        cairn__key_value__init(c)
        if !key.isEmpty { c.pointee.key = try arena.string(key, "KeyValue.key") }
        if !value.isEmpty { c.pointee.value = try arena.string(value, "KeyValue.value") }
        return c
    }
}

/// A named number, as in metrics of a version.
public struct NamedNumber: Sendable, Equatable {
    /// 1 to 256 bytes
    public var name: String
    public var value: Double

    public init(
        name: String = "",
        value: Double = 0
    ) {
        self.name = name
        self.value = value
    }
}

extension NamedNumber: WireMessage {
    public static let name = "cairn.NamedNumber"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__named_number__unpack) {
            (c: Cairn__NamedNumber) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NamedNumber) throws(MessageError) {
        self.name = try Arena.text(c.name, "NamedNumber.name")
        self.value = c.value
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NamedNumber> {
        let c = try arena.new(Cairn__NamedNumber.self)
        cairn__named_number__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "NamedNumber.name") }
        c.pointee.value = value
        return c
    }
}

/// The answer where there is nothing to say but that it is done and durable.
public struct Done: Sendable, Equatable {
    public init() {}
}

extension Done: WireMessage {
    public static let name = "cairn.Done"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__done__unpack) {
            (c: Cairn__Done) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Done) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Done> {
        let c = try arena.new(Cairn__Done.self)
        cairn__done__init(c)
        return c
    }
}
