import Ingestion
import Messages
import Ports

extension RPCError {
    /// What a caller sees of what the inside of ingest throws.
    init(ingest error: any Error) {
        switch error {
        case let error as IngestError: self.init(error)
        case let error as ChunkStoreError: self.init(error)
        case let error as CatalogError: self.init(error)
        default: self = RPCError.from(error)
        }
    }

    private init(_ error: IngestError) {
        let code: ErrorCode =
            switch error.code {
            case .invalid: .invalidArgument
            case .notFound: .notFound
            case .taken: .alreadyExists
            case .conflict: .conflict
            case .refused: .refused
            }
        self.init(code, error.description, facts: error.facts)
    }

    private init(_ error: ChunkStoreError) {
        switch error.code {
        case .full: self.init(.resourceExhausted, error.description)
        case .notFound: self.init(.notFound, error.description)
        case .damaged: self.init(.dataLoss, error.description)
        case .failed: self.init(.unavailable, error.description)
        }
    }

    private init(_ error: CatalogError) {
        switch error.code {
        case .full:
            self.init(
                .resourceExhausted,
                "the disk of the catalog is full; make room and send the same again. Nothing was "
                    + "changed")
        case .damaged: self.init(.dataLoss, error.description)
        case .conflict, .failed:
            // Whether it happened is for the repeat to find out: it is answered with the first.
            self.init(.unavailable, "\(error). Send the same again")
        }
    }

    /// Whether the log shall tell of it: it is not the caller's doing.
    var isOurs: Bool {
        [.resourceExhausted, .unavailable, .dataLoss, .internal].contains(code)
    }
}
