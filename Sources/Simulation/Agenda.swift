import CairnCore

/// What is to happen, by time, and within one moment in the order in which it was planned.
struct Agenda<Item> {
    private struct Entry {
        let time: Timestamp
        let order: UInt64
        let item: Item

        func isBefore(_ other: Entry) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    private var heap: [Entry] = []
    private var planned: UInt64 = 0

    mutating func add(_ item: Item, at time: Timestamp) {
        planned += 1
        let entry = Entry(time: time, order: planned, item: item)
        heap.append(entry)
        var index = heap.count - 1
        while index > 0, entry.isBefore(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func next() -> (Timestamp, Item)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.time, first.item)
    }

    private mutating func sink() {
        var index = 0
        while true {
            let left = 2 * index + 1
            guard left < heap.count else { return }
            let right = left + 1
            let least = right < heap.count && heap[right].isBefore(heap[left]) ? right : left
            guard heap[least].isBefore(heap[index]) else { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
