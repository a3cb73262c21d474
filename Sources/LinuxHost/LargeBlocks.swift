import CLinux

/// Memory of chunks, which come and go by the gigabyte.
public enum LargeBlocks {
    /// Blocks of half a MiB and more are given back to the system when they are freed. Left to
    /// itself, the allocator keeps them, and holes between those that live on: pushing 6 GB of
    /// tensors took 620 MB resident and more with each run, and takes 245 MB like this.
    public static func returnToSystem() {
        cairn_return_blocks_from(512 << 10)
    }
}
