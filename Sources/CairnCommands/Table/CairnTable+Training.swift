import CommandTable

extension CairnTable {
    static let runs = [
        Command(
            "run start", "opens a run and prints its id", section: Section.training,
            details: [
                "The run keeps the parameters, tags, data sets and dependencies given, this host's "
                    + "name, and the Git commit, branch, remote and uncommitted changes (as a "
                    + "digest) of the code folder."
            ],
            flags: [
                Flag(
                    "model", .text("M"), "The model", isRequired: true, environment: "CAIRN_MODEL"),
                Flag("name", .text("TEXT"), "A name for people"),
                Flag("param", .pair, "A hyper-parameter", isRepeated: true),
                Flag("tag", .pair, "A tag", isRepeated: true),
                Flag(
                    "dataset", .text("NAME[=DIGEST]"), "A data set that the run reads",
                    isRepeated: true),
                Flag(
                    "dependencies", .text("FILE"), "A lock file, one dependency a line",
                    completion: .files),
                Flag(
                    "code", .text("DIR"), "The folder of the code", standard: ".",
                    completion: .folders),
                Common.json, Common.ingest, Common.deadline,
            ],
            examples: ["run=$(cairn run start --model chat --param lr=0.001)"]),
        Command(
            "run log", "stores metric values of a run", section: Section.training,
            operands: [
                Operand("RUN", "The id that `run start` printed"),
                Operand("K=V", "Metrics, as loss=0.31", .atLeastOne),
            ],
            flags: [
                Flag("step", .number("N", 0...Int64.max), "The step they belong to", standard: "0"),
                Common.ingest, Common.deadline,
            ],
            examples: ["cairn run log $run loss=0.31 accuracy=0.92 --step 40"]),
        Command(
            "run finish", "ends a run", section: Section.training,
            operands: [Operand("RUN", "The id that `run start` printed")],
            flags: [
                Flag(
                    "status", .choice(["finished", "failed", "killed"]), "How it ended",
                    standard: "finished"),
                Common.ingest, Common.deadline,
            ]),
        Command(
            "run list", "lists runs, newest first", section: Section.training,
            flags: [
                Flag("model", .text("M"), "Only this model's", environment: "CAIRN_MODEL"),
                Flag("limit", .number("N", 1...1000), "At most so many", standard: "100"),
                Common.json, Common.ingest, Common.deadline,
            ]),
        Command(
            "run show", "shows one run with all that it recorded", section: Section.training,
            operands: [Operand("RUN", "Its id")],
            flags: [Common.json, Common.ingest, Common.deadline]),
    ]

    static let versions = [
        Command(
            "push", "stores files as a checkpoint, and as a version", section: Section.training,
            details: [
                "Only what ingest lacks travels. The checkpoint becomes visible whole or not at "
                    + "all; a push that was cut goes on where it stopped. Folders are stored with "
                    + "their paths, files by their names.",
                "--version auto takes the next minor version after the highest one (v0.1.0 at "
                    + "first, then v0.2.0, v0.3.0); after a pre-release, the release that it "
                    + "announces. A number that is taken is refused: versions never change.",
                "--param records a run of its own for this push; inside a run, parameters belong "
                    + "to `cairn run start`.",
            ],
            operands: [Operand("FILE", "Files and folders", .atLeastOne, completion: .files)],
            flags: [
                Flag(
                    "model", .text("M"), "The model", isRequired: true, environment: "CAIRN_MODEL"),
                Flag("version", .text("auto|X.Y.Z"), "Makes a version of it"),
                Flag(
                    "parent", .text("X.Y.Z"), "The version it comes from; the highest unless given"),
                Flag("run", .text("ID"), "The run that saved it"),
                Flag(
                    "step", .number("N", 0...Int64.max), "The step it was saved at", standard: "0"),
                Flag("metric", .pair, "A metric measured by the trainer", isRepeated: true),
                Flag("param", .pair, "A hyper-parameter", isRepeated: true),
                Flag(
                    "config", .pair, "Configuration that belongs to the snapshot", isRepeated: true),
                Flag(
                    "dependencies", .text("FILE"), "A lock file, one dependency a line",
                    completion: .files),
                Flag("note", .text("TEXT"), "A note for people"),
                Common.json, Common.ingest,
            ],
            examples: [
                "cairn push model.safetensors --model chat --version auto --metric accuracy=0.97"
            ]),
        Command(
            "pull", "brings a version's files to a folder, verified", section: Section.training,
            details: [
                "Every chunk is checked against its digest, and only what the folder lacks is "
                    + "fetched. The folder appears whole or not at all.",
                "With --tensor, only those tensors are fetched, and --out is a safetensors file "
                    + "that holds them.",
            ],
            operands: [
                Operand("VERSION", "chat@v1.2.0, chat@champion, chat@latest or run:ID")
            ],
            flags: [
                Flag("out", .text("DIR"), "The folder", isRequired: true, completion: .folders),
                Flag("tensor", .text("NAME"), "Only this tensor", isRepeated: true),
                Common.json, Common.ingest,
            ],
            examples: [
                "cairn pull chat@champion --out model",
                "cairn pull chat@champion --tensor lm_head.weight --out head.safetensors",
            ]),
        Command(
            "export", "writes a version's tensors into one file of another format",
            section: Section.training,
            details: [
                "Reads safetensors, PyTorch's zip files, HDF5 and GGUF. HDF5 has no bfloat16: those "
                    + "become float32, which holds each of them exactly. Tensors that the format "
                    + "has no type for are left out, and named."
            ],
            operands: [
                Operand("VERSION", "chat@v1.2.0, chat@champion, chat@latest or run:ID")
            ],
            flags: [
                Flag(
                    "format", .choice(["safetensors", "hdf5"]), "The format", isRequired: true),
                Flag("out", .text("FILE"), "The file", isRequired: true, completion: .files),
                Flag("tensor", .text("NAME"), "Only this tensor", isRepeated: true),
                Common.json, Common.ingest,
            ],
            examples: ["cairn export chat@v1.2.0 --format hdf5 --out chat.h5"]),
        Command(
            "import", "makes a version of what another tool keeps", section: Section.training,
            details: [
                "PATH is a folder, a folder of Hugging Face's (config.json becomes configuration of "
                    + "the version, shards are checked against their index), or a file that DVC "
                    + "tracks: X.dvc or dvc.lock. Of those every byte is checked against the MD5 "
                    + "that DVC wrote down; stages, parameters and the Git commit are kept."
            ],
            operands: [Operand("PATH", "A folder, X.dvc or dvc.lock", completion: .files)],
            flags: [
                Flag(
                    "model", .text("M"), "The model", isRequired: true, environment: "CAIRN_MODEL"),
                Flag("version", .text("auto|X.Y.Z"), "The number", standard: "auto"),
                Flag("rev", .text("REV"), "As DVC tracked it at a commit, tag or branch"),
                Flag("stage", .text("NAME"), "Of dvc.lock, where it has several"),
                Flag("note", .text("TEXT"), "A note for people"),
                Common.json, Common.ingest,
            ],
            examples: [
                "cairn import models/llama --model llama",
                "cairn import models/chat.bin.dvc --model chat --rev v1.0",
            ]),
        Command(
            "replicate", "brings versions to another ingest", section: Section.training,
            details: [
                "With their runs, metrics and numbers; only what is missing there travels, and what "
                    + "was broken off goes on. A name without '@' is a model: all of its versions. "
                    + "Aliases and pins stay where they are."
            ],
            operands: [Operand("VERSION", "chat@v1.2.0, chat@champion, or chat", .atLeastOne)],
            flags: [
                Flag("to", .text("HOST:PORT"), "The other ingest", isRequired: true),
                Common.json, Common.ingest,
            ],
            examples: ["cairn replicate chat@champion --to mirror:7401"]),
        Command(
            "versions", "lists a model's versions, or the models", section: Section.training,
            operands: [Operand("MODEL", "The model", .optional)],
            flags: [Common.json, Common.ingest, Common.deadline]),
        Command(
            "show", "shows a version: where it comes from, what it scored",
            section: Section.training,
            operands: [Common.version],
            flags: [
                Flag("tensors", "Its tensors instead: names, types, shapes, sizes"),
                Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ]),
        Command(
            "diff", "says which tensors differ between two versions, and how far",
            section: Section.training,
            details: [
                "For each tensor: how many elements have other bits, and the distance "
                    + "‖after − before‖ / ‖before‖. Only what differs is read."
            ],
            operands: [
                Operand("BEFORE", "A version, as chat@v1.0.0"),
                Operand("AFTER", "A version, as chat@v1.1.0"),
            ],
            flags: [Common.json, Common.ingest, Common.deadline],
            examples: ["cairn diff chat@v1.0.0 chat@champion"]),
        Command(
            "alias set", "points an alias at a version", section: Section.training,
            operands: [
                Operand("MODEL", "The model"), Operand("ALIAS", "The alias, as champion"),
                Operand("NUMBER", "The version number, as v1.2.0"),
            ],
            flags: [Common.json, Common.ingest, Common.deadline],
            examples: ["cairn alias set chat champion v1.2.0"]),
        Command(
            "alias remove", "removes an alias", section: Section.training,
            operands: [Operand("MODEL", "The model"), Operand("ALIAS", "The alias")],
            flags: [Common.ingest, Common.deadline]),
        Command(
            "verify", "reads stored versions back and checks every byte", section: Section.training,
            details: [
                "Without a version: all of them. Fails when anything is damaged, and says what.",
                "--repair takes good copies from --from: another ingest as HOST:PORT, or a folder "
                    + "with files of versions (one that was pulled, or an agent's), and reads all "
                    + "again.",
            ],
            operands: [Operand("VERSION", "A version, as chat@v1.2.0", .any)],
            flags: [
                Flag(
                    "sample", .number("PERCENT", 1...100), "Reads so much of it, chosen by chance",
                    standard: "100"),
                Flag("seed", .number("N", 0...Int64.max), "Chooses the same again"),
                Flag("repair", "Mends what is damaged"),
                Flag("from", .text("HOST:PORT|DIR"), "Where good copies are", completion: .folders),
                Common.json, Common.ingest,
            ],
            examples: ["cairn verify", "cairn verify --repair --from mirror:7401"]),
        Command(
            "delete", "deletes a version; its number stays taken", section: Section.training,
            details: [
                "Refused while an alias names it or a target pins it. Its chunks stay until "
                    + "`cairn gc`, and as long as others need them."
            ],
            operands: [Common.version],
            flags: [
                Flag("reason", .text("TEXT"), "Why, for the record"),
                Common.json, Common.ingest, Common.deadline,
            ],
            examples: ["cairn delete chat@v0.9.0 --reason leaked"]),
        Command(
            "retain", "deletes the versions of a model that no rule keeps",
            section: Section.training,
            details: [
                "Says for each version what keeps it; --apply deletes the others. Aliases and pins "
                    + "keep theirs under any rules. --keep-best takes METRIC, METRIC=3 for three "
                    + "of them, METRIC:lowest where less is better."
            ],
            operands: [Operand("MODEL", "The model")],
            flags: [
                Flag(
                    "keep-last", .number("N", 1...1_000_000), "The highest N versions",
                    isRequired: true),
                Flag(
                    "keep-best", .text("METRIC[:lowest][=N]"), "The best by a metric",
                    isRepeated: true),
                Flag(
                    "keep-tagged", .text("KEY[=VALUE]"),
                    "Those with a tag of their run, or a key of their configuration",
                    isRepeated: true),
                Flag(
                    "drop-checkpoints-hours", .number("HOURS", 1...87_600),
                    "Checkpoints without a version that are older go too; the last one of a run "
                        + "that goes on stays"),
                Flag("reason", .text("TEXT"), "Why, for the record"),
                Flag("apply", "Do it, not only say it"),
                Common.json, Common.ingest, Common.deadline,
            ],
            examples: ["cairn retain chat --keep-last 10 --keep-best accuracy=3"]),
        Command(
            "gc", "gives back the room of chunks that no version needs", section: Section.training,
            details: [
                "Says what would go; --apply does it. Versions, checkpoints and uploads that are "
                    + "under way keep their chunks, and so does what those are differences to. "
                    + "Others go on pushing and pulling meanwhile."
            ],
            flags: [
                Flag("apply", "Do it, not only say it"),
                Flag(
                    "grace-hours", .number("HOURS", 0...87_600),
                    "Uploads that were quiet for longer hold nothing", standard: "24"),
                Common.json, Common.ingest,
            ],
            examples: ["cairn gc", "cairn gc --apply"]),
    ]
}
