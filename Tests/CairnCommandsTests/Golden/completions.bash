# bash completion for cairn, written by `cairn completions bash`
_cairn() {
    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    local command=${COMP_WORDS[1]} flags= words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "help up down status run push pull export import replicate versions show diff alias verify delete retain gc dataset suite eval cancel compare history target deploy promote pause resume abort retry rollback unquarantine freeze audit demo completions version" -- "$word"))
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
        audit)
            if [ "$COMP_CWORD" -eq 2 ]; then
                words="verify"
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
        'dataset add') flags="--name --json --evaluator --help" ;;
        'dataset list') flags="--json --evaluator --deadline-seconds --help" ;;
        'suite apply') flags="--json --evaluator --deadline-seconds --help" ;;
        'suite list') flags="--model --json --evaluator --deadline-seconds --help" ;;
        'eval') flags="--suite --again --predictions --skip-invalid --priority --repeat --json --ingest --evaluator --deadline-seconds --help" ;;
        'cancel') flags="--suite --reason --json --ingest --evaluator --deadline-seconds --help" ;;
        'compare') flags="--suite --alpha --json --ingest --evaluator --deadline-seconds --help" ;;
        'history') flags="--metric --run --at --json --ingest --controller --deadline-seconds --help" ;;
        'target apply') flags="--plan --actor --json --controller --deadline-seconds --help" ;;
        'target list') flags="--json --controller --deadline-seconds --help" ;;
        'deploy') flags="--watch --ingest --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'promote') flags="--full --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'pause') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'resume') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'abort') flags="--no-wait --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'retry') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'rollback') flags="--to --no-wait --plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'unquarantine') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze add') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze remove') flags="--plan --actor --reason --expect-revision --attempt --expect-step --json --controller --deadline-seconds --help" ;;
        'freeze list') flags="--json --controller --deadline-seconds --help" ;;
        'audit verify') flags="--json --controller --deadline-seconds --help" ;;
        'demo') flags="--out --help" ;;
        'completions') flags="--help" ;;
        'version') flags="--json --help" ;;
    esac
    case "$command $previous" in
        'run finish --status') words="finished failed killed"; flags= ;;
        'export --format') words="safetensors hdf5"; flags= ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
        *) COMPREPLY=($(compgen -W "$words" -- "$word"))
           [ -n "$words" ] || COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}
complete -o filenames -F _cairn cairn
