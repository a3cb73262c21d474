import CairnCore
import Ports
import Routing

extension AgentMachine {
    /// What to do next; nothing that is under way already.
    mutating func plan(at now: Timestamp) -> [Effect] {
        planApplying(at: now) + planFetching(at: now) + planVerifying(at: now)
            + planRemoving(at: now)
    }

    // MARK: Tables

    private mutating func planApplying(at now: Timestamp) -> [Effect] {
        guard let wanted = gate.table else { return [] }
        guard let links = links(for: wanted) else { return planRemembering(wanted) }
        if let applying {
            // The newest table overtakes an older one, whose reload may hang.
            if applying.table == wanted { return [] }
        } else if inForce == wanted && loaded == links && !needsReload(links) {
            return []
        } else if let applyFailure, applyFailure.retryAt > now {
            return planRemembering(wanted)
        }
        let order = Order(
            table: wanted, links: links, reloads: needsReload(links),
            memory: AgentMemory(table: wanted, proven: proven(with: wanted)))
        (applying, remembered) = (order, order.memory)
        return [.apply(order)]
    }

    /// A table that cannot be put in force yet still bars every older one, a restart later too.
    private mutating func planRemembering(_ wanted: ServingTable) -> [Effect] {
        if remembered?.table == wanted { return [] }
        let memory = AgentMemory(table: wanted, proven: proven)
        remembered = memory
        return [.remember(memory)]
    }

    private func needsReload(_ links: ModelLinks) -> Bool {
        // An order that is overtaken may have moved links already.
        let hasMoved = links != loaded || applying != nil
        return (mustReload || hasMoved) && !(links.digests.isEmpty && loaded.digests.isEmpty)
    }

    /// A version is proven once it was stable in a table that came into force.
    private func proven(with table: ServingTable) -> [Digest] {
        guard let stable = table.stable?.manifest else { return proven }
        return [stable] + proven.filter { $0 != stable }.prefix(options.keepCount)
    }

    /// Where the links shall point under `table`; `nil` while bytes that get traffic are missing.
    ///
    /// A candidate without traffic may still be on its way here.
    private func links(for table: ServingTable) -> ModelLinks? {
        guard missing(under: table).isEmpty else { return nil }
        let candidate = table.candidate?.manifest
        return ModelLinks(
            stable: table.stable?.manifest,
            candidate: candidate.flatMap { held.contains($0) ? $0 : nil })
    }

    /// Versions that get traffic under `table` and are not held.
    private func missing(under table: ServingTable) -> [Digest] {
        let arms = [table.stable, table.candidate].compactMap { $0 }
        return arms.filter { $0.weight > .zero || $0.manifest == table.stable?.manifest }
            .map(\.manifest).filter { !held.contains($0) }
    }

    // MARK: Bytes

    /// One version at a time, the most urgent first: one that gets traffic overtakes one that is
    /// only kept.
    private mutating func planFetching(at now: Timestamp) -> [Effect] {
        guard let wanted = gate.table else { return [] }
        let (needed, missing) = (wanted.needed, missing(under: wanted))
        fetchFailures = fetchFailures.filter { needed.contains($0.key) }
        let next = needed.first { digest in
            !held.contains(digest) && (fetchFailures[digest].map { $0.retryAt <= now } ?? true)
        }
        if let fetching, needed.contains(fetching) {
            guard let next, missing.contains(next), !missing.contains(fetching) else { return [] }
        }
        if next == nil && fetching == nil { return [] }
        fetching = next
        guard let next else { return [.stopFetching] }
        stored.insert(next)
        return [.fetch(next)]
    }

    private mutating func planVerifying(at now: Timestamp) -> [Effect] {
        var effects: [Effect] = []
        if let due = nextLook, due <= now {
            nextLook = now + options.lookInterval
            effects.append(.look(held))
        }
        guard options.verifyInterval > .zero, verifying == nil, let due = nextVerification,
            due <= now
        else { return effects }
        // One version each time, in turn, so that the disk is read evenly over the interval.
        let ordered = held.sorted()
        guard
            let digest = ordered.first(where: { $0 > lastVerified ?? Self.least }) ?? ordered.first
        else {
            nextVerification = now + options.verifyInterval
            return effects
        }
        nextVerification = now + options.verifyInterval / ordered.count
        (verifying, lastVerified) = (digest, digest)
        return effects + [.verify(digest)]
    }

    private static let least = Digest(bytes: [UInt8](repeating: 0, count: Digest.byteCount))!

    // MARK: Room

    /// Versions that nobody needs any more, after their grace. Nothing goes while a table is on its
    /// way into force.
    private mutating func planRemoving(at now: Timestamp) -> [Effect] {
        guard let wanted = gate.table else { return [] }
        let kept = Set(wanted.needed + proven + loaded.digests + [fetching].compactMap { $0 })
        for digest in unneeded.keys where kept.contains(digest) { unneeded[digest] = nil }
        for digest in stored where !kept.contains(digest) && unneeded[digest] == nil {
            unneeded[digest] = now
        }
        guard inForce == wanted, applying == nil, !isRemoving else { return [] }
        let due = unneeded.filter { $0.value + options.grace <= now }.keys.sorted()
        for digest in due {
            unneeded[digest] = nil
            stored.remove(digest)
            held.remove(digest)
            fetchFailures[digest] = nil
        }
        guard !due.isEmpty else { return [] }
        isRemoving = true
        return [.remove(due)]
    }

    // MARK: Reports

    /// What the controller is told.
    var report: AgentReport {
        AgentReport(
            epoch: inForce?.epoch ?? 0, held: held.sorted(), loaded: loaded, problem: problem)
    }

    private var problem: String {
        if !complaint.isEmpty { return complaint }
        guard let wanted = gate.table, inForce != wanted || loaded != links(for: wanted) else {
            return ""
        }
        if let applyFailure { return applyFailure.text }
        guard let digest = missing(under: wanted).first else { return "" }
        let number = digest == wanted.stable?.manifest ? wanted.stable : wanted.candidate
        let name = "\(wanted.model) v\(number?.number ?? "")"
        if let failure = fetchFailures[digest] {
            return "\(name) is not on this disk and could not be fetched: \(failure.text)"
        }
        return "\(name) is not on this disk yet"
    }

    /// The next moment at which something is due by the clock alone.
    func nextWake(after now: Timestamp) -> Timestamp? {
        var times = fetchFailures.values.map(\.retryAt) + [nextLook].compactMap { $0 }
        if let applyFailure, applying == nil { times.append(applyFailure.retryAt) }
        if options.verifyInterval > .zero, verifying == nil, let nextVerification {
            times.append(nextVerification)
        }
        times += unneeded.values.map { $0 + options.grace }
        return times.filter { $0 > now }.min()
    }
}
