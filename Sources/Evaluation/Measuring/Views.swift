import Metrics

/// How columns are shown to the accumulators of `Metrics`.
extension ClassColumn {
    func withView<Failure: Error>(_ body: (LabelView) throws(Failure) -> Void) throws(Failure) {
        switch self {
        case .uint8(let values):
            try values.withView { (view) throws(Failure) in try body(.uint8(view)) }
        case .int32(let values):
            try values.withView { (view) throws(Failure) in try body(.int32(view)) }
        }
    }
}

extension ScoreColumn {
    func withView<Failure: Error>(_ body: (ScoreView) throws(Failure) -> Void) throws(Failure) {
        switch self {
        case .float32(let values):
            try values.withView { (view) throws(Failure) in try body(.float32(view)) }
        case .float64(let values):
            try values.withView { (view) throws(Failure) in try body(.float64(view)) }
        }
    }
}

extension ListColumn {
    func withView<Failure: Error>(
        _ body: (ListView<Element>) throws(Failure) -> Void
    ) throws(Failure) {
        try items.withUnsafeBufferPointer { (items) throws(Failure) in
            try ends.withUnsafeBufferPointer { (ends) throws(Failure) in
                try body(ListView(items: items, ends: ends))
            }
        }
    }
}
