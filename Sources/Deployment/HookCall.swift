import CairnCore

/// One question or message to a program outside, with what became of it.
///
/// The key names the question for ever: however often it is put, before and after a restart, whoever
/// answers it does its work once.
public struct HookCall: Equatable, Sendable {
    public enum State: String, Equatable, Sendable, CaseIterable {
        case waiting, yes, no
        case timedOut = "timed_out"
        /// The rollout went another way before the answer came.
        case cancelled
    }

    public let key: String
    public let hook: Plan.Hook
    public let attempt: UInt64
    /// Of the attempt's steps begun, when it was put.
    let entry: Int
    public let release: Release
    /// From 0; `nil` outside a step.
    public let step: Int?
    /// What is asked or told.
    public let text: String
    public internal(set) var tries = 1
    public internal(set) var state = State.waiting
    public internal(set) var answer = ""
    var clock: Stopwatch

    /// When it is put again, or given up.
    var moment: Timestamp? { state == .waiting ? clock.moment(of: hook.timeout) : nil }
}
