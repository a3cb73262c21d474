import CairnCore

extension Plan {
    /// A weight that moves in equal parts, each acknowledged before the next.
    public struct Ramp: Equatable, Sendable {
        /// From the first part to the last.
        public var over: Duration
        /// 2 to 100.
        public var parts: Int

        public init(over: Duration, parts: Int) { (self.over, self.parts) = (over, parts) }

        /// Between two parts.
        var pause: Duration { over / (parts - 1) }

        /// What is reached with `part` of `parts`.
        func weight(from: BasisPoints, to: BasisPoints, part: Int) -> BasisPoints {
            let moved = (to.value - from.value) * min(part, parts) / parts
            return BasisPoints(from.value + moved) ?? to
        }
    }

    /// What a step does besides giving the candidate its weight.
    public enum Kind: Equatable, Sendable {
        case shift
        /// So many requests are answered by the candidate too, and those answers are dropped. The
        /// weight stays as it was.
        case mirror(BasisPoints)
        /// A second copy of stable gets as much traffic as the candidate, and the candidate is held
        /// against that copy.
        case experiment
        /// Waits for a program's answer. The weight stays as it was.
        case hook(String)
    }

    /// Requests that go to one arm whatever the weight: asked before it, in order.
    public struct Pin: Equatable, Sendable {
        public enum Match: Equatable, Sendable {
            case key(String)
            case prefix(String)
            /// Keys that hosts know as members of a named list.
            case cohort(String)
        }
        public var match: Match
        public var arm: Arm

        public init(_ match: Match, to arm: Arm) { (self.match, self.arm) = (match, arm) }
    }

    /// A program outside that is asked, or told, at a point of every rollout.
    public struct Hook: Equatable, Sendable {
        public enum Point: String, Equatable, Sendable, CaseIterable {
            /// Asked: may the rollout begin, and is all ready for it?
            case confirmRollout = "confirm_rollout"
            case preRollout = "pre_rollout"
            /// Asked at the end of each bake.
            case rollout
            /// Asked before each higher weight, and before the candidate becomes stable.
            case confirmIncrease = "confirm_increase"
            case confirmPromotion = "confirm_promotion"
            /// Told; nobody waits for the answer.
            case postRollout = "post_rollout"
            case rollback
            case event
            /// Asked by a step that names it, and nowhere else.
            case step

            /// Whether the rollout waits for the answer.
            public var isAsked: Bool {
                switch self {
                case .confirmRollout, .preRollout, .rollout, .confirmIncrease, .confirmPromotion,
                    .step:
                    true
                case .postRollout, .rollback, .event: false
                }
            }
        }
        public var name: String
        public var point: Point
        /// Of one call.
        public var timeout: Duration = .seconds(30)
        /// After the first call.
        public var retries = 3
        /// After a no, or when the last call has timed out.
        public var onFailure = Policy.rollBack

        public init(name: String, point: Point) { (self.name, self.point) = (name, point) }
    }

    /// Words that a hook, a cohort or a pin may be made of, so that a plan stays one line.
    static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
            }
    }
}
