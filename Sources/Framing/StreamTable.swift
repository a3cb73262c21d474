/// What is known of each open stream, by its number.
///
/// Numbers rise one by one, so a number's low bits are its place, and open streams rarely meet in
/// one: finding, adding and removing touch a single entry. Where two meet, the next free place is
/// taken.
public struct StreamTable<Value> {
    @usableFromInline struct Entry {
        /// 0 is free.
        @usableFromInline var stream: StreamID
        @usableFromInline var value: Value?

        @inlinable init(stream: StreamID, value: Value?) {
            (self.stream, self.value) = (stream, value)
        }
    }

    @usableFromInline var entries: [Entry] = []
    @usableFromInline var storedCount = 0
    /// Streams that are not in their own place.
    @usableFromInline var strayCount = 0

    @inlinable public init() {}

    @inlinable public var count: Int { storedCount }

    @inlinable public var isEmpty: Bool { count == 0 }

    @inlinable public subscript(stream: StreamID) -> Value? {
        get {
            guard let place = place(of: stream) else { return nil }
            return entries[place].value
        }
        set {
            if let newValue {
                set(stream, newValue)
            } else {
                _ = removeValue(forKey: stream)
            }
        }
    }

    /// The place of the stream; `nil` when it is not there.
    @inlinable func place(of stream: StreamID) -> Int? {
        guard !entries.isEmpty else { return nil }
        let mask = entries.count - 1
        var place = Int(stream) & mask
        while entries[place].stream != stream {
            if entries[place].stream == 0 { return nil }
            place = (place + 1) & mask
        }
        return place
    }

    @inlinable mutating func set(_ stream: StreamID, _ value: Value) {
        precondition(stream != 0, "stream 0 is the connection")
        if let place = place(of: stream) {
            entries[place].value = value
            return
        }
        if (count + 1) * 2 > entries.count { grow() }
        add(Entry(stream: stream, value: value))
        storedCount += 1
    }

    @inlinable mutating func add(_ entry: Entry) {
        let mask = entries.count - 1
        var place = Int(entry.stream) & mask
        while entries[place].stream != 0 { place = (place + 1) & mask }
        if place != Int(entry.stream) & mask { strayCount += 1 }
        entries[place] = entry
    }

    @inlinable mutating func grow() {
        let old = entries
        strayCount = 0
        entries = [Entry](
            repeating: Entry(stream: 0, value: nil), count: Swift.max(2, old.count * 2))
        for entry in old where entry.stream != 0 { add(entry) }
    }

    @discardableResult
    @inlinable public mutating func removeValue(forKey stream: StreamID) -> Value? {
        guard let found = place(of: stream) else { return nil }
        let value = entries[found].value.take()
        storedCount -= 1
        free(found)
        return value
    }

    /// Gives the memory back, when there are no streams.
    @inlinable public mutating func shrink() {
        if isEmpty { entries = [] }
    }

    /// Frees a place, and moves strays that had to go past it back towards their own.
    @inlinable mutating func free(_ place: Int) {
        let mask = entries.count - 1
        if place != Int(entries[place].stream) & mask { strayCount -= 1 }
        entries[place].stream = 0
        entries[place].value = nil
        if strayCount == 0 { return }
        var (free, next) = (place, (place + 1) & mask)
        while entries[next].stream != 0 {
            let home = Int(entries[next].stream) & mask
            if next != home && (next - home) & mask >= (next - free) & mask {
                entries[free] = entries[next]
                if free == home { strayCount -= 1 }
                entries[next].stream = 0
                entries[next].value = nil
                free = next
            }
            next = (next + 1) & mask
        }
    }

    @inlinable public var keys: [StreamID] { entries.lazy.map(\.stream).filter { $0 != 0 } }
    @inlinable public var values: [Value] { entries.compactMap(\.value) }
}
