/// A cheapest way from one sequence to another, as what it says of each place.
struct EditPath: ~Copyable {
    enum Step: UInt8 {
        case unknown
        case same
        case substitution
        /// A symbol that only the first has.
        case deletion
        /// A symbol that only the second has.
        case insertion
    }

    private var ownErrors = Room<Bool>()
    private var knownErrors = Room<Bool>()
    private var ownPlaces = Room<Int>()
    private var (own, known) = (0, 0)

    /// For each place of the second, the place of the first that stands there, or before; or -1.
    var places: UnsafePointer<Int> { UnsafePointer(ownPlaces.base) }

    /// Of sequences so long; steps come from the ends.
    mutating func begin(_ ownCount: Int, _ knownCount: Int) {
        ownErrors.reserve(ownCount)
        knownErrors.reserve(knownCount)
        ownPlaces.reserve(knownCount)
        (own, known) = (ownCount, knownCount)
    }

    @inline(__always) mutating func take(_ step: Step) {
        switch step {
        case .same, .substitution:
            (own, known) = (own - 1, known - 1)
            ownErrors.base[own] = step == .substitution
            knownErrors.base[known] = step == .substitution
            ownPlaces.base[known] = own
        case .deletion:
            own -= 1
            ownErrors.base[own] = true
        case .insertion:
            known -= 1
            knownErrors.base[known] = true
            ownPlaces.base[known] = own - 1
        case .unknown: preconditionFailure("the way ends at \(own), \(known)")
        }
    }

    /// One of the two runs has no error.
    func areRight(_ own: Int, _ known: Int, _ length: Int) -> Bool {
        var (isOwnWrong, isKnownWrong) = (false, false)
        for place in 0..<length {
            isOwnWrong = isOwnWrong || ownErrors.base[own + place]
            isKnownWrong = isKnownWrong || knownErrors.base[known + place]
        }
        return !isOwnWrong || !isKnownWrong
    }
}
