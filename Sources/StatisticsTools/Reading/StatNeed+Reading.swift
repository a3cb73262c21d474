/// What reading must know of a need.
extension StatNeed {
    var roles: [StatRole] {
        switch self {
        case .nothing: []
        case .samples(let roles, _), .rows(let roles, _), .numbersOrNames(let roles),
            .vectors(let roles), .names(let roles, _), .orFlags(let roles, _, _):
            roles
        }
    }

    var optional: [StatRole] {
        switch self {
        case .samples(_, let optional), .rows(_, let optional): optional
        case .nothing, .numbersOrNames, .vectors, .names, .orFlags: []
        }
    }

    var areRows: Bool {
        switch self {
        case .rows, .names: true
        case .orFlags(_, let areRows, _): areRows
        case .nothing, .samples, .numbersOrNames, .vectors: false
        }
    }

    func wantsNames(_ settings: StatSettings) -> Bool {
        switch self {
        case .names: true
        case .numbersOrNames: settings.has("categories")
        case .nothing, .samples, .rows, .vectors, .orFlags: false
        }
    }

    /// Whether data are read at all with these settings.
    public func isRead(_ settings: StatSettings) -> Bool {
        switch self {
        case .nothing: false
        case .names(_, let instead), .orFlags(_, _, let instead):
            !instead.contains { settings.has($0) }
        case .samples, .rows, .numbersOrNames, .vectors: true
        }
    }
}

extension StatTool {
    /// Whether a and b may come from a file each.
    public var canReadTwoFiles: Bool {
        if case .stream = work { return false }
        return need.roles.count + need.optional.count == 2
    }
}
