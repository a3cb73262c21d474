import CLinux

/// Memory of chunks, which come and go by the gigabyte.
public enum LargeBlocks {
    /// Blocks of half a MiB and more are given back to the system when they are freed. Left to
    /// itself, the allocator keeps them, and holes between those that live on: pushing 6 GB of
    /// tensors took 620 MB resident and more with each run, and takes 245 MB like this.
    public static func returnToSystem() {
        cairn_return_blocks_from(512 << 10)
    }

    /// Blocks of up to 32 MiB are kept when they are freed, up to 256 MiB of them for each arena. For
    /// work that asks for the same blocks again and again: measuring 10,000,000 rows took 160 ms and
    /// takes 90 ms so, because the system need not empty every block anew.
    public static func keep() {
        cairn_return_blocks_from(32 << 20)
        cairn_keep_free_memory(256 << 20)
    }
}
