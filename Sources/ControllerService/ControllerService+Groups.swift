import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// Groups of targets: declared, rolled out, taken back, and led step by step.
extension ControllerService {
    func addGroups(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.applyGroup) { [self] spec, _ in
            try await answering { try await apply(spec) }
        }
        routes.unary(ControllerMethods.listGroups) { [self] request, _ in
            try await answering {
                let shown = request.group.isEmpty ? groups.all : [try groups.known(request.group)]
                return GroupList(groups: shown.map { status(of: $0) })
            }
        }
        routes.unary(ControllerMethods.deployGroup) { [self] request, _ in
            try await answering { try await deploy(request) }
        }
        routes.unary(ControllerMethods.abortGroup) { [self] request, _ in
            try await answering { try await abort(request) }
        }
    }

    func loadGroups() async throws {
        for text in try await desk.with({ store in try store.groups() }) {
            groups.show(try Group(text: text))
        }
    }

    private var targets: [TargetName: Target] {
        Dictionary(board.entries.map { ($0.target.name, $0.target) }) { first, _ in first }
    }

    private func keep(_ group: Group) async throws {
        try await desk.with { store in try store.keep(group: group.name, text: group.text) }
        groups.show(group)
    }

    // MARK: What people ask for

    private func apply(_ spec: GroupSpec) async throws -> GroupStatus {
        let members = try spec.targets.map { try Checks.target($0) }
        for member in members { _ = try board.known(member) }
        var group: Group
        do {
            group = try Group(
                name: spec.group, members: members, maxUnavailable: Int(spec.maxUnavailable))
        } catch { throw RPCError(.invalidArgument, error.description, reason: .malformed) }
        let taken = groups.all.first { other in
            other.name != group.name && !Set(other.members).isDisjoint(with: members)
        }
        if let taken {
            throw RPCError(
                .refused,
                "group \(taken.name) has one of these targets already; a target is of one "
                    + "group", reason: .busy)
        }
        if let present = groups.all.first(where: { $0.name == group.name }) {
            if present.rollout?.isLive == true {
                throw RPCError(
                    .refused, "a rollout of group \(group.name) is under way; change it afterwards",
                    reason: .busy)
            }
            group.takeHistory(of: present)
        }
        if !spec.planOnly { try await keep(group) }
        return status(of: group)
    }

    private func deploy(_ call: DeployGroup) async throws -> GroupReply {
        var group = try groups.known(call.group)
        let request = try Checks.request(call.expectation)
        let release = Release(
            number: try WireChecks.number(call.number),
            manifest: try WireChecks.digest(call.manifestDigest, "manifest_digest"))
        try group.begin(
            release, by: request.actor, request.reason, on: targets, at: clock.now())
        for member in group.members {
            // Nothing begins anywhere unless everybody would take it.
            _ = try await ask(.deploy(release, request), of: member, rehearsing: true)
        }
        let planOnly = call.expectation?.planOnly ?? false
        if !planOnly { try await keep(group) }
        let names = group.members.map(\.description).joined(separator: ", ")
        return GroupReply(
            text: "\(request.actor) deployed \(release.number) to group \(group.name): \(names)",
            status: status(of: group), changed: true)
    }

    private func abort(_ call: AbortGroup) async throws -> GroupReply {
        var group = try groups.known(call.group)
        let request = try Checks.request(call.expectation)
        let why =
            "aborted by \(request.actor)" + (request.reason.isEmpty ? "" : ": \(request.reason)")
        let changed = try group.turnBack(why)
        if changed, call.expectation?.planOnly != true { try await keep(group) }
        return GroupReply(
            text: changed
                ? "\(request.actor) takes group \(group.name) back"
                : "group \(group.name) is on its way back already",
            status: status(of: group), changed: changed)
    }

    // MARK: The lead

    /// Holds every group's rollout against its targets whenever one of them changed; until cancelled.
    ///
    /// The state decides, not the moment: after a restart the same orders follow again.
    func leadGroups() async throws {
        while true {
            let (changed, told) = (board.doorbell.generation, groups.doorbell.generation)
            var moments: [Timestamp] = []
            for group in groups.all where group.rollout?.isLive == true {
                do {
                    try await lead(group)
                } catch let error where !(error is CancellationError) {
                    log("group \(group.name): \(error)")
                    moments.append(clock.now() + .seconds(1))
                }
            }
            let again = moments.min()
            try await withThrowingTaskGroup(of: Void.self) { waiters in
                waiters.addTask { [self] in
                    try await board.doorbell.wait(after: changed, until: again, on: clock)
                }
                waiters.addTask { [self] in try await groups.doorbell.wait(after: told) }
                defer { waiters.cancelAll() }
                try await waiters.next()
            }
        }
    }

    private func lead(_ before: Group) async throws {
        var group = before
        let orders = group.advance(targets, at: clock.now())
        // What the group has decided is stored before anybody hears of it.
        if group != before { try await keep(group) }
        guard let rollout = group.rollout else { return }
        let request = Event.Request(
            actor: "group \(group.name) (\(rollout.by))",
            reason: rollout.state == .goingBack ? rollout.why : rollout.reason)
        for order in orders {
            do {
                try await carryOut(order, rollout.release, request, of: group)
            } catch let refusal as Refusal {
                try await take(refusal, order, of: group)
            }
        }
    }

    private func carryOut(
        _ order: Group.Order, _ release: Release, _ request: Event.Request, of group: Group
    ) async throws {
        switch order {
        case .barrier(let target, let step):
            _ = try await desk.submit(.barrier(group: group.name, step: step), to: target)
        case .deploy(let target): _ = try await ask(.deploy(release, request), of: target)
        case .abort(let target): _ = try await ask(.abort(request), of: target)
        case .rollBack(let target): _ = try await ask(.rollBack(to: nil, request), of: target)
        }
    }

    /// A member that will not take the version turns all back; a way back that is refused is over.
    private func take(_ refusal: Refusal, _ order: Group.Order, of group: Group) async throws {
        guard case .deploy(let target) = order else {
            return log("group \(group.name): \(refusal.description)")
        }
        var group = try groups.known(group.name)
        if try group.turnBack("\(target) refuses it: \(refusal.text)") { try await keep(group) }
    }

    private func status(of group: Group) -> GroupStatus {
        GroupStatus(group, targets, at: clock.now())
    }
}

extension GroupStatus {
    init(_ group: Group, _ targets: [TargetName: Target], at now: Timestamp) {
        let rollout = group.rollout
        self.init(
            group: group.name,
            members: group.members.map { name in
                let target = targets[name]
                return GroupMember(
                    target: "\(name)", state: target?.attempt?.phase.word ?? "idle",
                    step: UInt32(target?.attempt?.stepIndex ?? 0),
                    attempt: target?.attempt?.number ?? 0,
                    ready: group.isReady(name, target, at: now),
                    unavailable: target?.isOutOfReach ?? true, why: target?.attempt?.why ?? "")
            },
            maxUnavailable: UInt32(group.maxUnavailable), state: rollout?.state.rawValue ?? "idle",
            number: rollout?.release.number.number ?? "", barrier: UInt32(rollout?.barrier ?? 0),
            why: rollout?.why ?? "", startedUnixMs: rollout?.startedAt.milliseconds ?? 0,
            endedUnixMs: rollout?.endedAt?.milliseconds ?? 0,
            waitingFor: group.waitingFor(targets, at: now))
    }
}
