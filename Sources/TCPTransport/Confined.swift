/// A value that is touched on one thread only, and never while a change of it is under way.
///
/// Changing a stored property of a class is checked for overlapping accesses at run time, which
/// for what every call touches several times costs more than the change. Here the loop's thread
/// and short accesses, none of which calls out, rule overlaps out.
struct Confined<Value: ~Copyable>: ~Copyable {
    private let pointer: UnsafeMutablePointer<Value>

    init(_ value: consuming Value) {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: value)
    }

    deinit {
        pointer.deinitialize(count: 1)
        pointer.deallocate()
    }

    var value: Value {
        @inline(__always) _read { yield pointer.pointee }
        @inline(__always) nonmutating _modify { yield &pointer.pointee }
    }
}
