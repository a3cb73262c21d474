/// Times that are set and cleared in constant time, in steps of a millisecond.
///
/// A slot for each of 1,024 milliseconds; what is due in a later round waits in its slot. Almost
/// every deadline is cleared before it is due, and that costs two stores into a pool of nodes.
struct TimerWheel<Element> {
    typealias Timer = Int32
    /// No timer.
    static var none: Timer { -1 }

    private static var slotCount: Int { 1024 }

    private struct Node {
        var element: Element?
        var due: Int64 = 0
        var previous: Int32 = -1
        var next: Int32 = -1
    }

    private var nodes: [Node] = []
    private var firstFree: Int32 = -1
    private var slots = [Int32](repeating: -1, count: slotCount)
    /// One bit per slot that is not empty.
    private var occupied = [UInt64](repeating: 0, count: slotCount / 64)
    /// Everything due before this has been handed out; what is due at it may be set still.
    private var current: Int64
    private(set) var count = 0

    /// - Parameter now: milliseconds since any fixed moment.
    init(at now: Int64) { current = now }

    /// Sets a timer; in the past it is due at the next `expire`.
    mutating func set(_ element: Element, at due: Int64) -> Timer {
        let due = max(due, current)
        let timer = takeNode()
        let slot = Self.slot(due)
        nodes[Int(timer)] = Node(element: element, due: due, next: slots[slot])
        if slots[slot] >= 0 { nodes[Int(slots[slot])].previous = timer }
        slots[slot] = timer
        occupied[slot / 64] |= 1 << UInt64(slot % 64)
        count += 1
        return timer
    }

    /// Clears a timer that was set and is not yet due.
    mutating func clear(_ timer: Timer) {
        let node = nodes[Int(timer)]
        precondition(node.element != nil, "timer \(timer) is not set")
        let slot = Self.slot(node.due)
        if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
        if node.previous >= 0 {
            nodes[Int(node.previous)].next = node.next
        } else {
            slots[slot] = node.next
            if node.next < 0 { occupied[slot / 64] &= ~(1 << UInt64(slot % 64)) }
        }
        nodes[Int(timer)] = Node(next: firstFree)
        firstFree = timer
        count -= 1
    }

    /// Hands out, and clears, what is due at `now`.
    mutating func expire(at now: Int64, _ due: inout [Element]) {
        guard now >= current else { return }
        let slotsPassed = min(now - current + 1, Int64(Self.slotCount))
        if count > 0 {
            for offset in 0..<slotsPassed { expire(slot: Self.slot(current + offset), now, &due) }
        }
        current = now
    }

    private mutating func expire(slot: Int, _ now: Int64, _ due: inout [Element]) {
        var timer = slots[slot]
        while timer >= 0 {
            let node = nodes[Int(timer)]
            if node.due <= now, let element = node.element {
                due.append(element)
                clear(timer)
            }
            timer = node.next
        }
    }

    /// A moment at or before the next timer; `nil` without timers.
    var nextDue: Int64? {
        guard count > 0 else { return nil }
        let start = Self.slot(current)
        for step in 0...occupied.count {
            let word = (start / 64 + step) % occupied.count
            var bits = occupied[word]
            if step == 0 { bits &= .max << UInt64(start % 64) }
            guard bits != 0 else { continue }
            let slot = word * 64 + bits.trailingZeroBitCount
            return current + Int64((slot - start + Self.slotCount) % Self.slotCount)
        }
        return nil
    }

    private static func slot(_ moment: Int64) -> Int { Int(moment) & (slotCount - 1) }

    private mutating func takeNode() -> Timer {
        guard firstFree >= 0 else {
            nodes.append(Node())
            return Timer(nodes.count - 1)
        }
        defer { firstFree = nodes[Int(firstFree)].next }
        return firstFree
    }
}
