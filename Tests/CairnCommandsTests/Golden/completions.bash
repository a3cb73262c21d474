# bash completion for cairn, written by `cairn completions bash`
_cairn() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local command=${COMP_WORDS[1]} flags= words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "help up down status run push pull export import replicate versions show diff alias verify delete retain gc dataset convert suite eval runner cancel compare report history reference drift stats target deploy promote skip-step goto pause resume abort retry rollback quarantine unquarantine freeze hook audit drill notify group router demo completions version" -- "$word"))
        return
    fi
    case $command in
        run)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="start log finish list show"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        alias)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="set remove"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        dataset)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="add list"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        suite)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="apply list"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        runner)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="log"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        stats)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        target)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="apply list"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        freeze)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="add remove list"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        hook)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="list answer"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        audit)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="verdict verify rollback"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        drill)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="rollback list"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        notify)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="list test"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        group)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="apply list deploy abort"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
        router)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="config"
            else
                command="$command ${COMP_WORDS[2]}"
            fi ;;
    esac
    case $command in
        'up') flags="--data --port-base --foreground --ready-seconds --json --help" ;;
        'down') flags="--data --within-seconds --help" ;;
        'status') flags="--watch --until-settled --json --ingest --evaluator --controller --deadline-seconds --help" ;;
        'run start') flags="--model --name --param --tag --dataset --dependencies --code --json --ingest --deadline-seconds --help" ;;
        'run log') flags="--step --ingest --deadline-seconds --help" ;;
        'run finish') flags="--status --ingest --deadline-seconds --help" ;;
        'run list') flags="--model --limit --json --ingest --deadline-seconds --help" ;;
        'run show') flags="--json --ingest --deadline-seconds --help" ;;
        'push') flags="--model --version --parent --run --step --metric --param --config --dependencies --note --json --ingest --help" ;;
        'pull') flags="--out --tensor --json --ingest --help" ;;
        'export') flags="--format --out --tensor --json --ingest --help" ;;
        'import') flags="--model --version --rev --stage --note --json --ingest --help" ;;
        'replicate') flags="--to --json --ingest --help" ;;
        'versions') flags="--json --ingest --deadline-seconds --help" ;;
        'show') flags="--tensors --json --ingest --evaluator --deadline-seconds --help" ;;
        'diff') flags="--json --ingest --deadline-seconds --help" ;;
        'alias set') flags="--json --ingest --deadline-seconds --help" ;;
        'alias remove') flags="--ingest --deadline-seconds --help" ;;
        'verify') flags="--sample --seed --repair --from --json --ingest --help" ;;
        'delete') flags="--reason --json --ingest --deadline-seconds --help" ;;
        'retain') flags="--keep-last --keep-best --keep-tagged --drop-checkpoints-hours --reason --apply --json --ingest --deadline-seconds --help" ;;
        'gc') flags="--apply --grace-hours --json --ingest --help" ;;
        'dataset add') flags="--name --schema --json --evaluator --help" ;;
        'dataset list') flags="--json --evaluator --deadline-seconds --help" ;;
        'convert') flags="--task --json --help" ;;
        'suite apply') flags="--json --evaluator --deadline-seconds --help" ;;
        'suite list') flags="--model --json --evaluator --deadline-seconds --help" ;;
        'eval') flags="--suite --slice --again --watch --predictions --skip-invalid --priority --repeat --json --ingest --evaluator --deadline-seconds --help" ;;
        'runner log') flags="--suite --ingest --evaluator --deadline-seconds --help" ;;
        'cancel') flags="--suite --reason --json --ingest --evaluator --deadline-seconds --help" ;;
        'compare') flags="--suite --alpha --json --ingest --evaluator --deadline-seconds --help" ;;
        'report') flags="--out --suite --alpha --ingest --evaluator --deadline-seconds --help" ;;
        'history') flags="--metric --run --at --json --ingest --evaluator --controller --deadline-seconds --help" ;;
        'reference') flags="--suite --json --ingest --evaluator --deadline-seconds --help" ;;
        'drift') flags="--suite --alpha --smallest-effect --exit-code --json --ingest --evaluator --deadline-seconds --help" ;;
        'stats') flags="--json --help" ;;
        'stats welch') flags="--a --b --by --value --format --alternative --alpha --nan --fail-if --json --help" ;;
        'stats t-pooled') flags="--a --b --by --value --format --alternative --alpha --nan --fail-if --json --help" ;;
        'stats t-paired') flags="--a --b --format --alternative --alpha --nan --fail-if --json --help" ;;
        'stats non-inferiority') flags="--a --b --by --value --format --margin --lower-is-better --paired --alpha --nan --fail-if --json --help" ;;
        'stats mann-whitney') flags="--a --b --by --value --format --alternative --alpha --nan --fail-if --json --help" ;;
        'stats ks') flags="--a --b --by --value --format --alpha --nan --fail-if --json --help" ;;
        'stats two-proportions') flags="--a --b --by --value --format --successes-a --trials-a --successes-b --trials-b --margin --alternative --alpha --nan --fail-if --json --help" ;;
        'stats mcnemar') flags="--a --b --format --only-a --only-b --alpha --nan --fail-if --json --help" ;;
        'stats binomial') flags="--value --format --rate --successes --trials --alternative --alpha --nan --fail-if --json --help" ;;
        'stats fisher') flags="--a --b --by --value --format --table --alternative --alpha --nan --fail-if --json --help" ;;
        'stats chi-square') flags="--a --b --format --counts --expected --table --yates --alpha --fail-if --json --help" ;;
        'stats multiple-testing') flags="--value --format --alpha --fail-if --json --help" ;;
        'stats evidence') flags="--value --format --alpha --log --fail-if --json --help" ;;
        'stats bootstrap') flags="--a --b --by --value --format --paired --alpha --resamples --seed --nan --fail-if --json --help" ;;
        'stats permutation') flags="--a --b --by --value --format --alpha --permutations --seed --nan --fail-if --json --help" ;;
        'stats effect-size') flags="--a --b --by --value --format --nan --fail-if --json --help" ;;
        'stats quantiles') flags="--value --format --at --nan --fail-if --json --help" ;;
        'stats outliers') flags="--value --format --factor --reduced --sigma --nan --fail-if --json --help" ;;
        'stats msprt') flags="--a --b --format --variance --smallest-effect --mixing-variance --alpha --nan --fail-if --json --help" ;;
        'stats beta-mixture') flags="--value --format --rate --prior-a --prior-b --alpha --nan --fail-if --json --help" ;;
        'stats arm-eprocess') flags="--arm --weight --format --share --grid --alpha --fail-if --json --help" ;;
        'stats group-sequential') flags="--fractions --spending --z --alpha --fail-if --json --help" ;;
        'stats adwin') flags="--value --format --delta --clock --max-buckets --min-window --grace --nan --fail-if --json --help" ;;
        'stats page-hinkley') flags="--value --format --min-count --delta --threshold --fading --direction --nan --fail-if --json --help" ;;
        'stats cusum') flags="--value --format --mean --deviation --slack --threshold --run-length --calibrate --length --false-alarms --seed --nan --fail-if --json --help" ;;
        'stats ddm') flags="--value --format --warm-start --warning --drift --nan --fail-if --json --help" ;;
        'stats ks-window') flags="--value --format --window --recent --alpha --nan --fail-if --json --help" ;;
        'stats psi') flags="--a --b --by --value --format --bins --edges --categories --epsilon --smallest-effect --alpha --nan --fail-if --json --help" ;;
        'stats jensen-shannon') flags="--a --b --by --value --format --bins --categories --weights --limit --permutations --seed --alpha --nan --fail-if --json --help" ;;
        'stats mmd') flags="--by --a --b --format --permutations --seed --alpha --fail-if --json --help" ;;
        'stats canary') flags="--a --b --by --value --format --direction --confidence --effect --allowed-increase --allowed-decrease --critical --critical-increase --critical-decrease --tolerance --min-count --outliers --factor --requires-data --nan --fail-if --json --help" ;;
        'target apply') flags="--plan --actor --reason --json --controller --deadline-seconds --help" ;;
        'target list') flags="--json --controller --deadline-seconds --help" ;;
        'deploy') flags="--watch --ingest --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'promote') flags="--full --keep-guards --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'skip-step') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'goto') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'pause') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'resume') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'abort') flags="--quarantine --no-wait --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'retry') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'rollback') flags="--to --fast --no-wait --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'quarantine') flags="--ingest --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'unquarantine') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze add') flags="--window --from --until --every --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze remove') flags="--window --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze list') flags="--json --controller --deadline-seconds --help" ;;
        'hook list') flags="--json --controller --deadline-seconds --help" ;;
        'hook answer') flags="--yes --no --plan --reason --actor --json --controller --deadline-seconds --help" ;;
        'audit verdict') flags="--attempt --json --controller --deadline-seconds --help" ;;
        'audit verify') flags="--json --controller --deadline-seconds --help" ;;
        'drill rollback') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --no-wait --help" ;;
        'drill list') flags="--json --controller --deadline-seconds --help" ;;
        'audit rollback') flags="--json --controller --deadline-seconds --help" ;;
        'notify list') flags="--limit --undelivered --json --controller --deadline-seconds --help" ;;
        'notify test') flags="--actor --no-wait --json --controller --deadline-seconds --help" ;;
        'group apply') flags="--plan --actor --reason --json --controller --deadline-seconds --help" ;;
        'group list') flags="--json --controller --deadline-seconds --help" ;;
        'group deploy') flags="--plan --actor --reason --ingest --json --controller --deadline-seconds --help" ;;
        'group abort') flags="--plan --actor --reason --json --controller --deadline-seconds --help" ;;
        'router config') flags="--key --dir --stable --candidate --baseline --cohorts --socket --status --help" ;;
        'demo') flags="--out --help" ;;
        'completions') flags="--help" ;;
        'version') flags="--json --help" ;;
    esac
    case "$command $previous" in
        'run finish --status') words="finished failed killed"; flags= ;;
        'export --format') words="safetensors hdf5"; flags= ;;
        'stats welch --format') words="csv jsonl plain"; flags= ;;
        'stats welch --alternative') words="two-sided greater less"; flags= ;;
        'stats welch --nan') words="reject omit"; flags= ;;
        'stats welch --fail-if') words="rejected kept undecided"; flags= ;;
        'stats t-pooled --format') words="csv jsonl plain"; flags= ;;
        'stats t-pooled --alternative') words="two-sided greater less"; flags= ;;
        'stats t-pooled --nan') words="reject omit"; flags= ;;
        'stats t-pooled --fail-if') words="rejected kept undecided"; flags= ;;
        'stats t-paired --format') words="csv jsonl plain"; flags= ;;
        'stats t-paired --alternative') words="two-sided greater less"; flags= ;;
        'stats t-paired --nan') words="reject omit"; flags= ;;
        'stats t-paired --fail-if') words="rejected kept undecided"; flags= ;;
        'stats non-inferiority --format') words="csv jsonl plain"; flags= ;;
        'stats non-inferiority --nan') words="reject omit"; flags= ;;
        'stats non-inferiority --fail-if') words="rejected kept undecided"; flags= ;;
        'stats mann-whitney --format') words="csv jsonl plain"; flags= ;;
        'stats mann-whitney --alternative') words="two-sided greater less"; flags= ;;
        'stats mann-whitney --nan') words="reject omit"; flags= ;;
        'stats mann-whitney --fail-if') words="rejected kept undecided"; flags= ;;
        'stats ks --format') words="csv jsonl plain"; flags= ;;
        'stats ks --nan') words="reject omit"; flags= ;;
        'stats ks --fail-if') words="rejected kept undecided"; flags= ;;
        'stats two-proportions --format') words="csv jsonl plain"; flags= ;;
        'stats two-proportions --alternative') words="two-sided greater less"; flags= ;;
        'stats two-proportions --nan') words="reject omit"; flags= ;;
        'stats two-proportions --fail-if') words="rejected kept undecided"; flags= ;;
        'stats mcnemar --format') words="csv jsonl plain"; flags= ;;
        'stats mcnemar --nan') words="reject omit"; flags= ;;
        'stats mcnemar --fail-if') words="rejected kept undecided"; flags= ;;
        'stats binomial --format') words="csv jsonl plain"; flags= ;;
        'stats binomial --alternative') words="two-sided greater less"; flags= ;;
        'stats binomial --nan') words="reject omit"; flags= ;;
        'stats binomial --fail-if') words="rejected kept undecided"; flags= ;;
        'stats fisher --format') words="csv jsonl plain"; flags= ;;
        'stats fisher --alternative') words="two-sided greater less"; flags= ;;
        'stats fisher --nan') words="reject omit"; flags= ;;
        'stats fisher --fail-if') words="rejected kept undecided"; flags= ;;
        'stats chi-square --format') words="csv jsonl plain"; flags= ;;
        'stats chi-square --fail-if') words="rejected kept undecided"; flags= ;;
        'stats multiple-testing --format') words="csv jsonl plain"; flags= ;;
        'stats multiple-testing --fail-if') words="rejected kept undecided"; flags= ;;
        'stats evidence --format') words="csv jsonl plain"; flags= ;;
        'stats evidence --fail-if') words="rejected kept undecided"; flags= ;;
        'stats bootstrap --format') words="csv jsonl plain"; flags= ;;
        'stats bootstrap --nan') words="reject omit"; flags= ;;
        'stats bootstrap --fail-if') words="rejected kept undecided"; flags= ;;
        'stats permutation --format') words="csv jsonl plain"; flags= ;;
        'stats permutation --nan') words="reject omit"; flags= ;;
        'stats permutation --fail-if') words="rejected kept undecided"; flags= ;;
        'stats effect-size --format') words="csv jsonl plain"; flags= ;;
        'stats effect-size --nan') words="reject omit"; flags= ;;
        'stats effect-size --fail-if') words="rejected kept undecided"; flags= ;;
        'stats quantiles --format') words="csv jsonl plain"; flags= ;;
        'stats quantiles --nan') words="reject omit"; flags= ;;
        'stats quantiles --fail-if') words="rejected kept undecided"; flags= ;;
        'stats outliers --format') words="csv jsonl plain"; flags= ;;
        'stats outliers --nan') words="reject omit"; flags= ;;
        'stats outliers --fail-if') words="rejected kept undecided"; flags= ;;
        'stats msprt --format') words="csv jsonl plain"; flags= ;;
        'stats msprt --nan') words="reject omit"; flags= ;;
        'stats msprt --fail-if') words="rejected kept undecided"; flags= ;;
        'stats beta-mixture --format') words="csv jsonl plain"; flags= ;;
        'stats beta-mixture --nan') words="reject omit"; flags= ;;
        'stats beta-mixture --fail-if') words="rejected kept undecided"; flags= ;;
        'stats arm-eprocess --format') words="csv jsonl plain"; flags= ;;
        'stats arm-eprocess --fail-if') words="rejected kept undecided"; flags= ;;
        'stats group-sequential --spending') words="obrien-fleming pocock"; flags= ;;
        'stats group-sequential --fail-if') words="rejected kept undecided"; flags= ;;
        'stats adwin --format') words="csv jsonl plain"; flags= ;;
        'stats adwin --nan') words="reject omit"; flags= ;;
        'stats adwin --fail-if') words="rejected kept undecided"; flags= ;;
        'stats page-hinkley --format') words="csv jsonl plain"; flags= ;;
        'stats page-hinkley --direction') words="up down both"; flags= ;;
        'stats page-hinkley --nan') words="reject omit"; flags= ;;
        'stats page-hinkley --fail-if') words="rejected kept undecided"; flags= ;;
        'stats cusum --format') words="csv jsonl plain"; flags= ;;
        'stats cusum --nan') words="reject omit"; flags= ;;
        'stats cusum --fail-if') words="rejected kept undecided"; flags= ;;
        'stats ddm --format') words="csv jsonl plain"; flags= ;;
        'stats ddm --nan') words="reject omit"; flags= ;;
        'stats ddm --fail-if') words="rejected kept undecided"; flags= ;;
        'stats ks-window --format') words="csv jsonl plain"; flags= ;;
        'stats ks-window --nan') words="reject omit"; flags= ;;
        'stats ks-window --fail-if') words="rejected kept undecided"; flags= ;;
        'stats psi --format') words="csv jsonl plain"; flags= ;;
        'stats psi --nan') words="reject omit"; flags= ;;
        'stats psi --fail-if') words="rejected kept undecided"; flags= ;;
        'stats jensen-shannon --format') words="csv jsonl plain"; flags= ;;
        'stats jensen-shannon --nan') words="reject omit"; flags= ;;
        'stats jensen-shannon --fail-if') words="rejected kept undecided"; flags= ;;
        'stats mmd --format') words="csv jsonl plain"; flags= ;;
        'stats mmd --fail-if') words="rejected kept undecided"; flags= ;;
        'stats canary --format') words="csv jsonl plain"; flags= ;;
        'stats canary --direction') words="increase decrease either"; flags= ;;
        'stats canary --effect') words="mean-ratio a12"; flags= ;;
        'stats canary --outliers') words="keep iqr sigma"; flags= ;;
        'stats canary --nan') words="remove replace"; flags= ;;
        'stats canary --fail-if') words="rejected kept undecided"; flags= ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "$words" -- "$word"))
           [ -n "$words" ] || COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}
complete -o filenames -F _cairn cairn
