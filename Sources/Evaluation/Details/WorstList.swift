/// The examples with the largest losses, at most 100; of equal ones those that come first.
struct WorstList: Sendable, Equatable {
    struct Candidate: Sendable, Equatable {
        let loss: Double
        let place: Int
        /// Of the block, for what is said about it.
        let row: Int

        func isWorse(than other: Candidate) -> Bool {
            loss != other.loss ? loss > other.loss : place < other.place
        }
    }

    /// A heap whose first element is the least bad.
    private var heap: [Candidate] = []

    /// A loss below this cannot enter.
    private(set) var bar = -Double.infinity

    /// NaN is no loss and is left out.
    @inline(__always)
    mutating func add(_ loss: Double, place: Int, row: Int) {
        guard loss >= bar else { return }
        insert(Candidate(loss: loss, place: place, row: row))
    }

    private mutating func insert(_ candidate: Candidate) {
        if heap.count < WorstExample.countMax {
            heap.append(candidate)
            rise(from: heap.count - 1)
        } else if candidate.isWorse(than: heap[0]) {
            heap[0] = candidate
            sink()
        }
        if heap.count == WorstExample.countMax { bar = heap[0].loss }
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].isWorse(than: heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = 2 * parent + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, heap[least].isWorse(than: heap[least + 1]) { least += 1 }
            guard heap[parent].isWorse(than: heap[least]) else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    /// The worst first.
    var sorted: [Candidate] { heap.sorted { $0.isWorse(than: $1) } }
}

extension WorstExample {
    func isWorse(than other: WorstExample) -> Bool {
        loss != other.loss ? loss > other.loss : place < other.place
    }

    /// The worst of two lists that are sorted.
    static func merged(_ a: [WorstExample], _ b: [WorstExample]) -> [WorstExample] {
        if b.isEmpty { return a }
        return Array((a + b).sorted { $0.isWorse(than: $1) }.prefix(countMax))
    }

    /// The beginning of a text, cut between letters, that fits.
    static func excerpt(_ bytes: some Collection<UInt8>) -> String {
        guard bytes.count > textByteCountMax else { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        for character in String(decoding: bytes.prefix(textByteCountMax), as: UTF8.self) {
            // The last letter may be half a one, which decodes as U+FFFD.
            if text.utf8.count + character.utf8.count > textByteCountMax - 3 { break }
            text.append(character)
        }
        return text + "…"
    }
}
