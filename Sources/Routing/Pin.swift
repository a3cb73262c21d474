import CairnCore
import Messages

extension ServingTable {
    /// Requests that go to one arm whatever the weight.
    public struct Pin: Sendable, Equatable {
        private enum Match: Sendable, Equatable {
            case key([UInt8])
            case prefix([UInt8])
            case cohort(String)
        }
        private let match: Match
        public let arm: ArmKind
        let message: PinSpec

        init(checking pin: PinSpec) throws(TableError) {
            switch (pin.key.isEmpty, pin.prefix.isEmpty, pin.cohort.isEmpty) {
            case (false, true, true): match = .key(Array(pin.key.utf8))
            case (true, false, true): match = .prefix(Array(pin.prefix.utf8))
            case (true, true, false): match = .cohort(pin.cohort)
            default: throw TableError("a pin has one of key, prefix and cohort")
            }
            switch pin.arm {
            case "stable": arm = .stable
            case "candidate": arm = .candidate
            default: throw TableError("a pin leads to '\(pin.arm.prefix(40))'")
            }
            message = pin
        }

        func matches(_ key: [UInt8], cohorts: Set<String>) -> Bool {
            switch match {
            case .key(let whole): key == whole
            case .prefix(let start): key.starts(with: start)
            case .cohort(let name): cohorts.contains(name)
            }
        }
    }

    /// Where a pin sends a request; `nil` where none does.
    public func pinned(_ key: [UInt8], cohorts: Set<String>) -> Route? {
        pins.first { $0.matches(key, cohorts: cohorts) }
            .flatMap { route(to: $0.arm, isPinned: true) }
    }
}
