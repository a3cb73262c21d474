import CairnCore
import Ports
import Routing

extension AgentMachine {
    mutating func start(
        _ memory: AgentMemory?, _ held: Set<Digest>, _ stored: Set<Digest>, _ links: ModelLinks,
        at now: Timestamp
    ) -> [Effect] {
        hasStarted = true
        (self.held, self.stored) = (held, stored)
        gate = TableGate(memory?.table)
        (remembered, proven) = (memory, memory?.proven ?? [])
        loaded = ModelLinks(
            stable: links.stable.flatMap { held.contains($0) ? $0 : nil },
            candidate: links.candidate.flatMap { held.contains($0) ? $0 : nil })
        nextVerification = now + min(options.verifyInterval, options.lookInterval)
        nextLook = now + options.lookInterval
        return memory.map { [.note("goes on from epoch \($0.table.epoch)")] } ?? []
    }

    mutating func receive(_ table: ServingTable) -> [Effect] {
        guard table.target == target else {
            complaint = "a table for \(table.target) came to an agent of \(target)"
            return [.note(complaint)]
        }
        switch gate.admit(table) {
        case .known:
            complaint = ""
            return []
        case .refused(let why):
            complaint = why
            return [.note("refused a table: \(why)")]
        case .new:
            complaint = ""
            applyFailure = nil
            return []
        }
    }

    mutating func applied(_ order: Order) -> [Effect] {
        guard applying == order else { return [] }
        (applying, applyFailure) = (nil, nil)
        (inForce, proven) = (order.table, order.memory.proven)
        if order.reloads { mustReload = false }
        loaded = order.links
        for digest in order.links.digests where !held.contains(digest) { unload(digest) }
        return [.note("epoch \(order.table.epoch) is in force")]
    }

    mutating func applyFailed(
        _ order: Order, _ text: String, _ held: Set<Digest>, at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        guard applying == order else { return [] }
        applying = nil
        self.held = held
        // The links may have moved before it failed: what runs now has to be told again.
        mustReload = true
        let count = (applyFailure?.count ?? 0) + 1
        applyFailure = Failure(
            count: count, text: text,
            retryAt: now + options.retry.wait(after: count, using: &random))
        return [.note("epoch \(order.table.epoch) is not in force: \(text)")]
    }

    mutating func fetched(_ digest: Digest) -> [Effect] {
        if fetching == digest { fetching = nil }
        held.insert(digest)
        stored.insert(digest)
        fetchFailures[digest] = nil
        return [.note("holds \(digest.short)…")]
    }

    mutating func fetchFailed(
        _ digest: Digest, _ text: String, at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        guard fetching == digest else { return [] }
        fetching = nil
        stored.insert(digest)
        let count = (fetchFailures[digest]?.count ?? 0) + 1
        let wait = options.retry.wait(after: count, using: &random)
        fetchFailures[digest] = Failure(count: count, text: text, retryAt: now + wait)
        return count == 1 ? [.note("\(digest.short)… was not fetched: \(text)")] : []
    }

    mutating func verified(_ digest: Digest, _ isWhole: Bool) -> [Effect] {
        if verifying == digest { verifying = nil }
        return isWhole ? [] : lose([digest])
    }

    /// Bytes that were verified are so no longer.
    mutating func lose(_ digests: some Sequence<Digest>) -> [Effect] {
        let lost = digests.filter(held.contains).sorted()
        for digest in lost {
            held.remove(digest)
            unload(digest)
        }
        return lost.map { .note("\($0.short)… was damaged on this disk and will be repaired") }
    }

    private mutating func unload(_ digest: Digest) {
        guard loaded.digests.contains(digest) else { return }
        // Once it is repaired, whoever reads it has to read it again.
        mustReload = true
        if loaded.stable == digest { loaded.stable = nil }
        if loaded.candidate == digest { loaded.candidate = nil }
    }
}
