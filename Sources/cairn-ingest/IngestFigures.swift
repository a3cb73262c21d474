import Exposition
import Messages

/// Ingest's status as Prometheus reads it.
enum IngestFigures {
    static func families(_ status: IngestStatus) -> [MetricFamily] {
        [
            .gauge("cairn_ingest_models", "Models with a version or a run.", status.modelCount),
            .gauge("cairn_ingest_versions", "Versions committed.", status.versionCount),
            .gauge("cairn_ingest_chunks", "Chunks stored, each once.", status.chunkCount),
            .gauge("cairn_ingest_stored_bytes", "Bytes that chunks take.", status.storedByteCount),
            .gauge(
                "cairn_ingest_free_bytes", "Bytes free on the disk of the chunks.",
                status.freeByteCount),
            .gauge(
                "cairn_ingest_open_uploads", "Uploads begun and not committed.",
                status.openUploadCount),
            .gauge(
                "cairn_ingest_damaged_chunks", "Chunks found damaged, without a good copy yet.",
                status.damagedChunkCount),
            .counter(
                "cairn_ingest_scrubbed_chunks_total", "Chunks that the scrubber read back.",
                status.scrubbedChunkCount),
            .gauge(
                "cairn_ingest_scrub_ended_timestamp_seconds",
                "When every chunk had been read back once; 0: not yet.",
                Double(status.scrubEndedUnixMs) / 1_000),
            .gauge(
                "cairn_outbox_undelivered_events", "Events that their receiver has not taken yet.",
                status.undeliveredEventCount),
        ]
    }
}
