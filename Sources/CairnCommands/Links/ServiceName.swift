/// The services that a command may call.
enum ServiceName: String, CaseIterable, Sendable {
    case ingest, evaluator, controller

    var standardAddress: String {
        switch self {
        case .ingest: "127.0.0.1:7401"
        case .evaluator: "127.0.0.1:7402"
        case .controller: "127.0.0.1:7403"
        }
    }
}
