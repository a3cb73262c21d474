import Glibc

/// The system refused something; the text says what and why.
public struct HostError: Error, Equatable, CustomStringConvertible {
    public let description: String
    /// The errno; 0 where there is none.
    public let number: Int32

    public init(_ description: String, number: Int32 = 0) {
        (self.description, self.number) = (description, number)
    }

    /// `what` with the system's own words for the present errno.
    public static func last(_ what: String) -> HostError {
        let number = errno
        return HostError("\(what): \(String(cString: strerror(number)))", number: number)
    }
}
