import CairnCore

/// Moments of targets, the earliest first. A moment that no longer holds stays inside until it comes
/// to the front; whoever asks says which do.
struct TimerQueue: Sendable {
    private struct Item: Sendable {
        let moment: Timestamp
        let target: TargetName
    }

    /// A binary heap.
    private var items: [Item] = []

    mutating func add(_ moment: Timestamp, _ target: TargetName) {
        items.append(Item(moment: moment, target: target))
        var child = items.count - 1
        while child > 0, items[child].moment < items[(child - 1) / 2].moment {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The earliest moment that holds.
    mutating func first(where holds: (Timestamp, TargetName) -> Bool) -> Timestamp? {
        while let item = items.first {
            if holds(item.moment, item.target) { return item.moment }
            removeFirst()
        }
        return nil
    }

    /// Targets whose moment has come and holds, by name. They stay due until it holds no more.
    mutating func due(
        at now: Timestamp, where holds: (Timestamp, TargetName) -> Bool
    ) -> [TargetName] {
        var due: [TargetName: Timestamp] = [:]
        while let item = items.first, item.moment <= now {
            removeFirst()
            if holds(item.moment, item.target) { due[item.target] = item.moment }
        }
        for (target, moment) in due { add(moment, target) }
        return due.keys.sorted()
    }

    private mutating func removeFirst() {
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < items.count }
            guard let least = children.min(by: { items[$0].moment < items[$1].moment }),
                items[least].moment < items[parent].moment
            else { return }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
