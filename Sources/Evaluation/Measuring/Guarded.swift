import Metrics
import Statistics

/// An accumulator, or why it could not take what it was given. One bad metric does not stop others.
struct Guarded<Wrapped: Accumulator>: Accumulator {
    private var state: Result<Wrapped, MetricError>

    init(_ wrapped: Wrapped) { state = .success(wrapped) }

    /// - Parameter body: adds a block; it adds nothing where it throws.
    mutating func add(_ body: (inout Wrapped) throws(MetricError) -> Void) {
        guard case .success(var wrapped) = state else { return }
        // In place: a second reference would copy what was collected so far.
        state = .failure(.invalidInput(""))
        do throws(MetricError) {
            try body(&wrapped)
            state = .success(wrapped)
        } catch {
            state = .failure(error)
        }
    }

    mutating func merge(_ other: Guarded) {
        switch (state, other.state) {
        case (.failure, _): return
        case (.success, .failure): state = other.state
        case (.success(var own), .success(let new)):
            state = .failure(.invalidInput(""))
            own.merge(new)
            state = .success(own)
        }
    }

    /// - Parameter undefined: why there is no value where there is none.
    func value(
        orUndefined undefined: String, _ body: (Wrapped) throws(MetricError) -> Double?
    ) -> MetricValue.Result {
        .of(undefined) { () throws(MetricError) in try body(try state.get()) }
    }

    /// The accumulator, or why it could not take what it was given.
    func get() throws(MetricError) -> Wrapped { try state.get() }

    /// The accumulator; `nil` where it could not take what it was given.
    var wrapped: Wrapped? { if case .success(let wrapped) = state { wrapped } else { nil } }
}

extension MetricValue.Result {
    static func undefined(_ why: String) -> Self { .problem("undefined: \(why)") }
    static func insufficientData(_ why: String) -> Self { .problem("insufficient data: \(why)") }

    /// A value that is a number, or why there is none; never NaN.
    static func of(_ undefined: String, _ body: () throws(MetricError) -> Double?) -> Self {
        do throws(MetricError) {
            guard let value = try body(), !value.isNaN else { return .undefined(undefined) }
            return .value(value)
        } catch {
            switch error {
            case .insufficientData(let why): return .insufficientData(why)
            case .invalidInput(let why): return .problem("invalid input: \(why)")
            }
        }
    }
}

extension Dictionary where Value: Accumulator {
    /// Key by key; both have the same keys.
    mutating func mergeEach(_ other: Self) {
        for (key, value) in other { self[key]?.merge(value) }
    }
}

extension Optional where Wrapped: Accumulator {
    /// What is not there has been told nothing.
    mutating func merge(_ other: Self) {
        guard let other else { return }
        if self == nil { self = other } else { self?.merge(other) }
    }
}
