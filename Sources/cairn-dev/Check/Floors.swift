/// Which floor each target stands on; ARCHITECTURE.md says what the floors are for.
///
/// A target imports from floors below its own. The few edges on one floor are listed with their
/// reason, so that a new one is a decision and not an accident.
enum Floors {
    static let table: [String: Int] = [
        "CSQLite": 0, "CProtobufC": 0, "CYAML": 0, "CMicrohttpd": 0, "CKernels": 0, "CLinux": 0,
        "CCairnMessages": 0, "CTensorCodec": 0, "CMetrics": 0, "CZstd": 0, "CZlib": 0, "CHDF5": 0,
        "CHDF5Files": 0, "COpenSSL": 0, "CCurl": 0,
        "CairnCore": 1,
        "CommandTable": 2, "Rendering": 2, "Exposition": 2, "Supervision": 2, "Framing": 2,
        "Messages": 2, "Ingestion": 2, "Compression": 2, "Metrics": 2, "Statistics": 2,
        "Evaluation": 2, "Deployment": 2, "Digits": 2, "Plotting": 2, "Routing": 2,
        "RouterTexts": 2,
        "StatisticsTools": 2, "Reporting": 2,
        "TensorFormats": 2,
        "Ports": 3, "TensorCodec": 3,
        "ServiceKit": 4, "LinuxHost": 4, "TCPTransport": 4, "AdminHTTP": 4, "Terminal": 4,
        "HTTPClient": 4,
        "SQLiteStores": 4,
        "YAMLFiles": 4, "VersionFolders": 4, "HDF5Files": 4,
        "Checksums": 4, "FileBlobs": 4, "PrometheusQueries": 4,
        "HAProxyRouter": 4, "NGINXRouter": 4,
        "IngestService": 5, "EvaluatorService": 5, "ControllerService": 5, "Specs": 5,
        "Serving": 5, "AgentService": 5,
        "CairnClient": 6, "Simulation": 6,
        "CairnCommands": 7, "ServiceProgram": 7,
        "cairn": 8, "cairn-ingest": 8, "cairn-evaluator": 8, "cairn-deployment-controller": 8,
        "cairn-agent": 8, "cairn-demo": 8, "cairn-bench": 8, "cairn-sim": 8, "cairn-dev": 8,
        "cairn-fuzz": 8,
        // Test support sees all that tests see.
        "ServingTestKit": 6,
        "CairnTestKit": 6,
    ]

    /// Edges on one floor, importer first.
    static let sameFloor: [String: [String: String]] = [
        "Rendering": ["Messages": "draws statuses as the wire has them"],
        "Evaluation": [
            "Metrics": "a verdict is over metrics", "Statistics": "and their tests",
            "Compression": "results of examples are kept packed",
            "Messages": "a stream of predictions has messages between its columns",
        ],
        "Deployment": ["Statistics": "guards are sequential tests"],
        "Metrics": ["Statistics": "exact sums and quantiles are the same"],
        "Reporting": [
            "Evaluation": "which way a metric is better is the catalogue's to say",
            "Messages": "reports on evaluations as the wire has them",
            "Plotting": "its charts are SVG",
            "Rendering": "numbers are written as elsewhere",
        ],
        "StatisticsTools": [
            "Statistics": "its tests are what is offered",
            "CommandTable": "each test says its own flags",
        ],
        "Routing": ["Messages": "a route table is what the wire says, checked"],
        "RouterTexts": ["Routing": "writes how a route table splits requests"],
        "TensorFormats": ["Compression": "PyTorch's files are zips"],
        "Ports": ["TensorCodec": "a chunk's form names its code"],
        "AgentService": ["Serving": "an agent is one kind of participant"],
    ]

    /// What the toolchain brings, and the least floor that may import it whole.
    static let system: [String: Int] = [
        "Glibc": 4, "Dispatch": 4, "Synchronization": 3, "FoundationEssentials": 8, "Testing": 9,
    ]

    /// Targets that may import a system module below that floor, with the reason.
    static let systemExceptions: [String: [String: String]] = [
        "Statistics": [
            "Dispatch": "blocks of data are worked on by its threads",
            "Synchronization": "the next block is handed out, and its result merged",
        ],
        "Evaluation": ["Dispatch": "accumulators run in parallel under concurrentPerform"],
        "CairnTestKit": ["FoundationEssentials": "reads known answers, which are JSON"],
    ]

    /// The C that decisions may use: pure functions of bytes.
    static let pureC: Set<String> = [
        "CKernels", "CCairnMessages", "CMetrics", "CTensorCodec", "CZlib", "CZstd",
    ]
}
