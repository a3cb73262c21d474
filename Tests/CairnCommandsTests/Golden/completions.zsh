#compdef cairn
# written by `cairn completions zsh`
_cairn() {
    local -a words_1 flags
    words_1=(
        'help:help …'
        'up:starts the three services on this machine'
        'down:ends what `cairn up` started'
        'status:shows the services, or what happens on a target'
        'run:run …'
        'push:stores files as a checkpoint, and as a version'
        'pull:brings a version’s files to a folder, verified'
        'export:writes a version’s tensors into one file of another format'
        'import:makes a version of what another tool keeps'
        'replicate:brings versions to another ingest'
        'versions:lists a model’s versions, or the models'
        'show:shows a version\: where it comes from, what it scored'
        'diff:says which tensors differ between two versions, and how far'
        'alias:alias …'
        'verify:reads stored versions back and checks every byte'
        'delete:deletes a version; its number stays taken'
        'retain:deletes the versions of a model that no rule keeps'
        'gc:gives back the room of chunks that no version needs'
        'dataset:dataset …'
        'suite:suite …'
        'eval:evaluates a version on a suite and shows the verdict'
        'cancel:ends the evaluations of a version that are not done'
        'compare:compares two versions, metric by metric, with tests'
        'history:shows a metric over a model’s life, or what served on a target'
        'target:target …'
        'deploy:brings a version out, step by step'
        'promote:opens the gate that the rollout waits at'
        'pause:stops every clock of the rollout; guards stay armed'
        'resume:lets the clocks go on'
        'abort:ends the rollout\: stable serves everything again'
        'retry:starts the ended rollout’s version again, as a new attempt'
        'rollback:goes back to the version before, verified'
        'unquarantine:lets a version out again that was rolled back'
        'freeze:freeze …'
        'audit:audit …'
        'demo:shows the whole way on real data\: train, roll out, roll back'
        'completions:prints completions for a shell'
        'version:prints the version'
    )
    if (( CURRENT == 2 )); then
        _describe command words_1; return
    fi
    local command=$words[2]
    case $command in
        run)
            if (( CURRENT == 3 )); then
                flags=('start:opens a run and prints its id' 'log:stores metric values of a run' 'finish:ends a run' 'list:lists runs, newest first' 'show:shows one run with all that it recorded')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        alias)
            if (( CURRENT == 3 )); then
                flags=('set:points an alias at a version' 'remove:removes an alias')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        dataset)
            if (( CURRENT == 3 )); then
                flags=('add:pins a data set by its digest' 'list:lists the data sets')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        suite)
            if (( CURRENT == 3 )); then
                flags=('apply:sets a suite to what a file says' 'list:lists the suites')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        target)
            if (( CURRENT == 3 )); then
                flags=('apply:sets a target’s plan to what a file says' 'list:lists the targets with what serves')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        freeze)
            if (( CURRENT == 3 )); then
                flags=('add:holds a target\: no rollout starts or gains weight' 'remove:ends a freeze' 'list:lists the targets that are frozen')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
        audit)
            if (( CURRENT == 3 )); then
                flags=('verify:checks that nobody edited the log')
                _describe command flags; return
            fi
            command="$command $words[3]" ;;
    esac
    case $command in
        'up') _arguments '--data=[The data folder]:folder:_files -/' '--port-base=[The first of the ports]:n: ' '--foreground[Stays in the foreground until Ctrl-C, logs on standard error]' '--ready-seconds=[Ends everything again when not all are ready by then]:n: ' '--json[Prints JSON for programs]' '*:file:_files' ;;
        'down') _arguments '--data=[The data folder]:folder:_files -/' '--within-seconds=[Fails when they still run by then]:n: ' '*:file:_files' ;;
        'status') _arguments '--watch[Shows every change until Ctrl-C]' '--until-settled[With --watch\: ends when no rollout is live; fails when it was rolled back]' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'run start') _arguments '--model=[The model]:m: ' '--name=[A name for people]:text: ' '*--param=[A hyper-parameter]:k=v: ' '*--tag=[A tag]:k=v: ' '*--dataset=[A data set that the run reads]:name[=digest]: ' '--dependencies=[A lock file, one dependency a line]:file:_files' '--code=[The folder of the code]:folder:_files -/' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'run log') _arguments '--step=[The step they belong to]:n: ' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'run finish') _arguments '--status=[How it ended]:value:(finished failed killed)' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'run list') _arguments '--model=[Only this model’s]:m: ' '--limit=[At most so many]:n: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'run show') _arguments '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'push') _arguments '--model=[The model]:m: ' '--version=[Makes a version of it]:auto|x.y.z: ' '--parent=[The version it comes from; the highest unless given]:x.y.z: ' '--run=[The run that saved it]:id: ' '--step=[The step it was saved at]:n: ' '*--metric=[A metric measured by the trainer]:k=v: ' '*--param=[A hyper-parameter]:k=v: ' '*--config=[Configuration that belongs to the snapshot]:k=v: ' '--dependencies=[A lock file, one dependency a line]:file:_files' '--note=[A note for people]:text: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'pull') _arguments '--out=[The folder]:folder:_files -/' '*--tensor=[Only this tensor]:name: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'export') _arguments '--format=[The format]:value:(safetensors hdf5)' '--out=[The file]:file:_files' '*--tensor=[Only this tensor]:name: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'import') _arguments '--model=[The model]:m: ' '--version=[The number]:auto|x.y.z: ' '--rev=[As DVC tracked it at a commit, tag or branch]:rev: ' '--stage=[Of dvc.lock, where it has several]:name: ' '--note=[A note for people]:text: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'replicate') _arguments '--to=[The other ingest]:host:port: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'versions') _arguments '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'show') _arguments '--tensors[Its tensors instead\: names, types, shapes, sizes]' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'diff') _arguments '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'alias set') _arguments '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'alias remove') _arguments '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'verify') _arguments '--sample=[Reads so much of it, chosen by chance]:percent: ' '--seed=[Chooses the same again]:n: ' '--repair[Mends what is damaged]' '--from=[Where good copies are]:folder:_files -/' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'delete') _arguments '--reason=[Why, for the record]:text: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'retain') _arguments '--keep-last=[The highest N versions]:n: ' '*--keep-best=[The best by a metric]:metric[:lowest][=n]: ' '*--keep-tagged=[Those with a tag of their run, or a key of their configuration]:key[=value]: ' '--drop-checkpoints-hours=[Checkpoints without a version that are older go too; the last one of a run that goes on stays]:hours: ' '--reason=[Why, for the record]:text: ' '--apply[Do it, not only say it]' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'gc') _arguments '--apply[Do it, not only say it]' '--grace-hours=[Uploads that were quiet for longer hold nothing]:hours: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'dataset add') _arguments '--name=[Its name; the file’s without its ending unless given]:name: ' '--json[Prints JSON for programs]' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '*:file:_files' ;;
        'dataset list') _arguments '--json[Prints JSON for programs]' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'suite apply') _arguments '--json[Prints JSON for programs]' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'suite list') _arguments '--model=[Only this model’s]:m: ' '--json[Prints JSON for programs]' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'eval') _arguments '--suite=[The suite; needed where the model has several]:s: ' '--again[Evaluates once more though a result stands]' '--predictions=[Predictions to judge; the name’s ending says how they are written\: .jsonl, .csv, .npy, .npz or .cpred]:file:_files' '--skip-invalid[With --predictions\: bad rows are counted and left out, else they are an error]' '--priority=[Added to the suite’s priority where an evaluation is started; higher ones go first]:n: ' '--repeat=[With --predictions\: which of the suite’s repeats they are, counted from 1]:n: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'cancel') _arguments '--suite=[Only on this suite]:s: ' '--reason=[Why; kept in the record]:text: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'compare') _arguments '--suite=[The suite; needed where the model has several]:s: ' '--alpha=[The tests’ level; 0.05 unless given]:p: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--evaluator=[Where the evaluator listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'history') _arguments '--metric=[Of a model\: the metric]:k: ' '--run=[Of a model\: only this run]:id: ' '--at=[Of a target\: a moment in UTC, as 2026-11-24T10\:00Z]:time: ' '--json[Prints JSON for programs]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'target apply') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'target list') _arguments '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'deploy') _arguments '--watch[Shows the rollout until it is settled]' '--ingest=[Where ingest listens, if not where `cairn up` said]:host:port: ' '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'promote') _arguments '--full[Goes to the end at once, recorded as an override]' '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'pause') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'resume') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'abort') _arguments '--no-wait[Returns when the controller has taken it down, not when it is done]' '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'retry') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'rollback') _arguments '--to=[To this version instead]:x.y.z: ' '--no-wait[Returns when the controller has taken it down, not when it is done]' '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'unquarantine') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'freeze add') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'freeze remove') _arguments '--plan[Says what would happen and stops there]' '--actor=[Who asks, for the audit log; your user name unless given]:name: ' '--reason=[Why, for the audit log]:text: ' '--expect-revision=[Refuses unless the target is at this revision]:n: ' '--attempt=[Refuses unless this attempt is the live one]:n: ' '--expect-step=[Refuses unless the rollout is at this step, counted from 1 as in `status`]:n: ' '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'freeze list') _arguments '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'audit verify') _arguments '--json[Prints JSON for programs]' '--controller=[Where the controller listens, if not where `cairn up` said]:host:port: ' '--deadline-seconds=[Gives up on a service after this long]:n: ' '*:file:_files' ;;
        'demo') _arguments '--out=[Where report.html and report.json go]:folder:_files -/' '*:file:_files' ;;
        'completions') _arguments '*:file:_files' ;;
        'version') _arguments '--json[Prints JSON for programs]' '*:file:_files' ;;
        *) _files ;;
    esac
}
_cairn "$@"
