import CairnCore
import Routing
import Synchronization

/// A router that is not Cairn's: it splits requests as its agent tells it.
public protocol TrafficRouter: Sendable {
    /// What the router splits requests by at this moment, as it says itself; `nil` where it was never
    /// told anything.
    /// - Throws: `RouterError` when it does not answer, or not as it should.
    func split() async throws -> RouterSplit?
    /// Returns once every request that comes in is split so.
    /// - Throws: `RouterError`; the router may split by either then.
    func apply(_ split: RouterSplit) async throws
}

/// A router did not do as it was told; the text says what happened and what to do.
public struct RouterError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

extension RouterSplit {
    /// What a router answers that has something newer than what it is given.
    public func refusal(of older: RouterSplit) -> RouterError {
        RouterError(
            "the router has epoch \(epoch) under fencing token \(fencingToken) and keeps it: epoch "
                + "\(older.epoch) under token \(older.fencingToken) is older")
    }
}

/// A router in memory, for simulations and tests.
public final class MemoryTrafficRouter: TrafficRouter {
    public struct State: Sendable {
        public var split: RouterSplit?
        /// Everything that was in force, oldest first.
        public var past: [RouterSplit] = []
        /// Why it does not answer.
        public var absence: String?
        /// Why it takes nothing new.
        public var refusal: String?
    }

    public let state = Mutex(State())

    public init() {}

    public func split() throws -> RouterSplit? {
        try state.withLock { state in
            if let absence = state.absence { throw RouterError(absence) }
            return state.split
        }
    }

    public func apply(_ split: RouterSplit) throws {
        try state.withLock { state in
            if let why = state.absence ?? state.refusal { throw RouterError(why) }
            if let present = state.split, present.isNewer(than: split) {
                throw present.refusal(of: split)
            }
            state.split = split
            state.past.append(split)
        }
    }
}
