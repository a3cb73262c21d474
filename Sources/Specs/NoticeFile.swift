import CairnCore
import Ports

/// Reads whom the controller tells of what happens: a list of endpoints.
///
/// A file of the controller's host and no call: whoever may call the controller could otherwise run
/// programs there.
public enum NoticeFile {
    public enum Limits { public static let endpoints = 32 }

    public static func endpoints(_ value: ConfigValue) throws(ConfigError) -> [NoticeEndpoint] {
        let map = try ConfigMap(value, "a list of endpoints", keys: ["endpoints"])
        let items = try map.required("endpoints").list()
        guard items.count <= Limits.endpoints else {
            throw ConfigError(
                "at most \(Limits.endpoints) endpoints and not \(items.count)", at: value.place)
        }
        var endpoints: [NoticeEndpoint] = []
        for item in items {
            let endpoint = try endpoint(item)
            guard !endpoints.contains(where: { $0.name == endpoint.name }) else {
                throw ConfigError("two endpoints are called '\(endpoint.name)'", at: item.place)
            }
            endpoints.append(endpoint)
        }
        return endpoints
    }

    private static func endpoint(_ value: ConfigValue) throws(ConfigError) -> NoticeEndpoint {
        let map = try ConfigMap(
            value, "an endpoint",
            keys: [
                "name", "webhook", "slack", "command", "headers", "least", "per_minute", "timeout",
            ])
        let name = try map.required("name").text()
        guard (1...64).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
            throw ConfigError(
                "an endpoint's name has 1 to 64 letters and no blanks", at: map.place(of: "name"))
        }
        var endpoint = NoticeEndpoint(name: name, kind: try kind(map))
        endpoint.least =
            try map.optional("least") { v throws(ConfigError) in
                try v.choice(["info", "alert", "page"])
            }.flatMap { Notice.Level(rawValue: $0) } ?? .info
        endpoint.perMinute =
            try map.optional("per_minute") { v throws(ConfigError) in
                try v.integer(in: 1...6_000)
            } ?? endpoint.perMinute
        if let timeout = try map.optional("timeout", Milliseconds.read) {
            endpoint.timeout = .milliseconds(Int64(timeout))
        }
        return endpoint
    }

    private static func kind(_ map: ConfigMap) throws(ConfigError) -> NoticeEndpoint.Kind {
        let kinds = ["webhook", "slack", "command"].filter { map[$0] != nil }
        guard kinds.count == 1 else {
            throw ConfigError("an endpoint has one of webhook, slack and command", at: map.place)
        }
        let headers = try map.optional("headers", headers) ?? []
        guard headers.isEmpty || kinds == ["webhook"] else {
            throw ConfigError("headers are of a webhook", at: map.place(of: "headers"))
        }
        switch kinds[0] {
        case "webhook": return .webhook(url: try url(map, "webhook"), headers: headers)
        case "slack": return .slack(url: try url(map, "slack"))
        default:
            let words = try map.required("command").texts()
            guard let program = words.first, !program.isEmpty else {
                throw ConfigError(
                    "a command is a list of a program and its arguments",
                    at: map.place(of: "command"))
            }
            return .command(words)
        }
    }

    private static func url(_ map: ConfigMap, _ key: String) throws(ConfigError) -> String {
        let url = try map.required(key).text()
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ConfigError(
                "expected a URL that begins with http:// or https:// and not '\(url)'",
                at: map.place(of: key))
        }
        return url
    }

    private static func headers(_ value: ConfigValue) throws(ConfigError) -> [HTTPRequest.Header] {
        guard case .map(let entries) = value.content else {
            throw ConfigError("headers are names with values", at: value.place)
        }
        var headers: [HTTPRequest.Header] = []
        for entry in entries { headers.append(.init(entry.key, try entry.value.text())) }
        return headers
    }
}
