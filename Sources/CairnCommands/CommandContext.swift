import CommandTable
import LinuxHost
import Ports
import Terminal

/// What a command is given: what was asked, and where it speaks.
public struct CommandContext: Sendable {
    public let arguments: Arguments
    public let environment: [String: String]
    /// Standard output: what the command is for.
    public let out: Terminal
    /// Standard error: progress and what else a pipe must not see.
    public let notes: Terminal
    public let clock: any WallClock

    public init(
        _ arguments: Arguments, environment: [String: String], out: Terminal, notes: Terminal,
        clock: any WallClock
    ) {
        (self.arguments, self.environment, self.clock) = (arguments, environment, clock)
        (self.out, self.notes) = (out, notes)
    }

    public var wantsJSON: Bool { arguments.has("json") }
}

/// A command failed: exit code 1. The text says what happened and what to do now.
public struct CommandError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
