# written by `cairn completions fish`
complete -c cairn -n __fish_use_subcommand -f -a help -d 'help …'
complete -c cairn -n __fish_use_subcommand -f -a up -d 'starts the three services on this machine'
complete -c cairn -n __fish_use_subcommand -f -a down -d 'ends what `cairn up` started'
complete -c cairn -n __fish_use_subcommand -f -a status -d 'shows the services, or what happens on a target'
complete -c cairn -n __fish_use_subcommand -f -a run -d 'run …'
complete -c cairn -n __fish_use_subcommand -f -a push -d 'stores files as a checkpoint, and as a version'
complete -c cairn -n __fish_use_subcommand -f -a pull -d 'brings a version’s files to a folder, verified'
complete -c cairn -n __fish_use_subcommand -f -a export -d 'writes a version’s tensors into one file of another format'
complete -c cairn -n __fish_use_subcommand -f -a import -d 'makes a version of what another tool keeps'
complete -c cairn -n __fish_use_subcommand -f -a replicate -d 'brings versions to another ingest'
complete -c cairn -n __fish_use_subcommand -f -a versions -d 'lists a model’s versions, or the models'
complete -c cairn -n __fish_use_subcommand -f -a show -d 'shows a version: where it comes from, what it scored'
complete -c cairn -n __fish_use_subcommand -f -a diff -d 'says which tensors differ between two versions, and how far'
complete -c cairn -n __fish_use_subcommand -f -a alias -d 'alias …'
complete -c cairn -n __fish_use_subcommand -f -a verify -d 'reads stored versions back and checks every byte'
complete -c cairn -n __fish_use_subcommand -f -a delete -d 'deletes a version; its number stays taken'
complete -c cairn -n __fish_use_subcommand -f -a retain -d 'deletes the versions of a model that no rule keeps'
complete -c cairn -n __fish_use_subcommand -f -a gc -d 'gives back the room of chunks that no version needs'
complete -c cairn -n __fish_use_subcommand -f -a dataset -d 'dataset …'
complete -c cairn -n __fish_use_subcommand -f -a suite -d 'suite …'
complete -c cairn -n __fish_use_subcommand -f -a eval -d 'evaluates a version on a suite and shows the verdict'
complete -c cairn -n __fish_use_subcommand -f -a cancel -d 'ends the evaluations of a version that are not done'
complete -c cairn -n __fish_use_subcommand -f -a compare -d 'compares two versions, metric by metric, with tests'
complete -c cairn -n __fish_use_subcommand -f -a history -d 'shows a metric over a model’s life, or what served on a target'
complete -c cairn -n __fish_use_subcommand -f -a target -d 'target …'
complete -c cairn -n __fish_use_subcommand -f -a deploy -d 'brings a version out, step by step'
complete -c cairn -n __fish_use_subcommand -f -a promote -d 'opens the gate that the rollout waits at'
complete -c cairn -n __fish_use_subcommand -f -a pause -d 'stops every clock of the rollout; guards stay armed'
complete -c cairn -n __fish_use_subcommand -f -a resume -d 'lets the clocks go on'
complete -c cairn -n __fish_use_subcommand -f -a abort -d 'ends the rollout: stable serves everything again'
complete -c cairn -n __fish_use_subcommand -f -a retry -d 'starts the ended rollout’s version again, as a new attempt'
complete -c cairn -n __fish_use_subcommand -f -a rollback -d 'goes back to the version before, verified'
complete -c cairn -n __fish_use_subcommand -f -a unquarantine -d 'lets a version out again that was rolled back'
complete -c cairn -n __fish_use_subcommand -f -a freeze -d 'freeze …'
complete -c cairn -n __fish_use_subcommand -f -a audit -d 'audit …'
complete -c cairn -n __fish_use_subcommand -f -a demo -d 'shows the whole way on real data: train, roll out, roll back'
complete -c cairn -n __fish_use_subcommand -f -a completions -d 'prints completions for a shell'
complete -c cairn -n __fish_use_subcommand -f -a version -d 'prints the version'
complete -c cairn -n '__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from start log finish list show' -f -a start -d 'opens a run and prints its id'
complete -c cairn -n '__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from start log finish list show' -f -a log -d 'stores metric values of a run'
complete -c cairn -n '__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from start log finish list show' -f -a finish -d 'ends a run'
complete -c cairn -n '__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from start log finish list show' -f -a list -d 'lists runs, newest first'
complete -c cairn -n '__fish_seen_subcommand_from run; and not __fish_seen_subcommand_from start log finish list show' -f -a show -d 'shows one run with all that it recorded'
complete -c cairn -n '__fish_seen_subcommand_from alias; and not __fish_seen_subcommand_from set remove' -f -a set -d 'points an alias at a version'
complete -c cairn -n '__fish_seen_subcommand_from alias; and not __fish_seen_subcommand_from set remove' -f -a remove -d 'removes an alias'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and not __fish_seen_subcommand_from add list' -f -a add -d 'pins a data set by its digest'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and not __fish_seen_subcommand_from add list' -f -a list -d 'lists the data sets'
complete -c cairn -n '__fish_seen_subcommand_from suite; and not __fish_seen_subcommand_from apply list' -f -a apply -d 'sets a suite to what a file says'
complete -c cairn -n '__fish_seen_subcommand_from suite; and not __fish_seen_subcommand_from apply list' -f -a list -d 'lists the suites'
complete -c cairn -n '__fish_seen_subcommand_from target; and not __fish_seen_subcommand_from apply list' -f -a apply -d 'sets a target’s plan to what a file says'
complete -c cairn -n '__fish_seen_subcommand_from target; and not __fish_seen_subcommand_from apply list' -f -a list -d 'lists the targets with what serves'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a add -d 'holds a target: no rollout starts or gains weight'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a remove -d 'ends a freeze'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a list -d 'lists the targets that are frozen'
complete -c cairn -n '__fish_seen_subcommand_from audit; and not __fish_seen_subcommand_from verify' -f -a verify -d 'checks that nobody edited the log'
complete -c cairn -n '__fish_seen_subcommand_from up' -l data -d 'The data folder' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from up' -l port-base -d 'The first of the ports' -x
complete -c cairn -n '__fish_seen_subcommand_from up' -l foreground -d 'Stays in the foreground until Ctrl-C, logs on standard error'
complete -c cairn -n '__fish_seen_subcommand_from up' -l ready-seconds -d 'Ends everything again when not all are ready by then' -x
complete -c cairn -n '__fish_seen_subcommand_from up' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from down' -l data -d 'The data folder' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from down' -l within-seconds -d 'Fails when they still run by then' -x
complete -c cairn -n '__fish_seen_subcommand_from status' -l watch -d 'Shows every change until Ctrl-C'
complete -c cairn -n '__fish_seen_subcommand_from status' -l until-settled -d 'With --watch: ends when no rollout is live; fails when it was rolled back'
complete -c cairn -n '__fish_seen_subcommand_from status' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from status' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from status' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from status' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from status' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l model -d 'The model' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l name -d 'A name for people' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l param -d 'A hyper-parameter' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l tag -d 'A tag' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l dataset -d 'A data set that the run reads' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l dependencies -d 'A lock file, one dependency a line' -r
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l code -d 'The folder of the code' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from start' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from log' -l step -d 'The step they belong to' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from log' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from log' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from finish' -l status -d 'How it ended' -x -a 'finished failed killed'
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from finish' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from finish' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from list' -l model -d 'Only this model’s' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from list' -l limit -d 'At most so many' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from list' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from show' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from show' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from run; and __fish_seen_subcommand_from show' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l model -d 'The model' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l version -d 'Makes a version of it' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l parent -d 'The version it comes from; the highest unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l run -d 'The run that saved it' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l step -d 'The step it was saved at' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l metric -d 'A metric measured by the trainer' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l param -d 'A hyper-parameter' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l config -d 'Configuration that belongs to the snapshot' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l dependencies -d 'A lock file, one dependency a line' -r
complete -c cairn -n '__fish_seen_subcommand_from push' -l note -d 'A note for people' -x
complete -c cairn -n '__fish_seen_subcommand_from push' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from push' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from pull' -l out -d 'The folder' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from pull' -l tensor -d 'Only this tensor' -x
complete -c cairn -n '__fish_seen_subcommand_from pull' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from pull' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from export' -l format -d 'The format' -x -a 'safetensors hdf5'
complete -c cairn -n '__fish_seen_subcommand_from export' -l out -d 'The file' -r
complete -c cairn -n '__fish_seen_subcommand_from export' -l tensor -d 'Only this tensor' -x
complete -c cairn -n '__fish_seen_subcommand_from export' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from export' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l model -d 'The model' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l version -d 'The number' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l rev -d 'As DVC tracked it at a commit, tag or branch' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l stage -d 'Of dvc.lock, where it has several' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l note -d 'A note for people' -x
complete -c cairn -n '__fish_seen_subcommand_from import' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from import' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from replicate' -l to -d 'The other ingest' -x
complete -c cairn -n '__fish_seen_subcommand_from replicate' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from replicate' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from versions' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from versions' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from versions' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from show' -l tensors -d 'Its tensors instead: names, types, shapes, sizes'
complete -c cairn -n '__fish_seen_subcommand_from show' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from show' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from show' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from show' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from diff' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from diff' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from diff' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from alias; and __fish_seen_subcommand_from set' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from alias; and __fish_seen_subcommand_from set' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from alias; and __fish_seen_subcommand_from set' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from alias; and __fish_seen_subcommand_from remove' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from alias; and __fish_seen_subcommand_from remove' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from verify' -l sample -d 'Reads so much of it, chosen by chance' -x
complete -c cairn -n '__fish_seen_subcommand_from verify' -l seed -d 'Chooses the same again' -x
complete -c cairn -n '__fish_seen_subcommand_from verify' -l repair -d 'Mends what is damaged'
complete -c cairn -n '__fish_seen_subcommand_from verify' -l from -d 'Where good copies are' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from verify' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from verify' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from delete' -l reason -d 'Why, for the record' -x
complete -c cairn -n '__fish_seen_subcommand_from delete' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from delete' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from delete' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l keep-last -d 'The highest N versions' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l keep-best -d 'The best by a metric' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l keep-tagged -d 'Those with a tag of their run, or a key of their configuration' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l drop-checkpoints-hours -d 'Checkpoints without a version that are older go too; the last one of a run that goes on stays' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l reason -d 'Why, for the record' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l apply -d 'Do it, not only say it'
complete -c cairn -n '__fish_seen_subcommand_from retain' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from retain' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from retain' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from gc' -l apply -d 'Do it, not only say it'
complete -c cairn -n '__fish_seen_subcommand_from gc' -l grace-hours -d 'Uploads that were quiet for longer hold nothing' -x
complete -c cairn -n '__fish_seen_subcommand_from gc' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from gc' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l name -d 'Its name; the file’s without its ending unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l model -d 'Only this model’s' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l suite -d 'The suite; needed where the model has several' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l again -d 'Evaluates once more though a result stands'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l predictions -d 'Predictions to judge; the name’s ending says how they are written: .jsonl, .csv, .npy, .npz or .cpred' -r
complete -c cairn -n '__fish_seen_subcommand_from eval' -l skip-invalid -d 'With --predictions: bad rows are counted and left out, else they are an error'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l priority -d 'Added to the suite’s priority where an evaluation is started; higher ones go first' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l repeat -d 'With --predictions: which of the suite’s repeats they are, counted from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l suite -d 'Only on this suite' -x
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l reason -d 'Why; kept in the record' -x
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from cancel' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from compare' -l suite -d 'The suite; needed where the model has several' -x
complete -c cairn -n '__fish_seen_subcommand_from compare' -l alpha -d 'The tests’ level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from compare' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from compare' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from compare' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from compare' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l metric -d 'Of a model: the metric' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l run -d 'Of a model: only this run' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l at -d 'Of a target: a moment in UTC, as 2026-11-24T10:00Z' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from history' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l watch -d 'Shows the rollout until it is settled'
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from deploy' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l full -d 'Goes to the end at once, recorded as an override'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from pause' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from pause' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from pause' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from resume' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from resume' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from resume' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l no-wait -d 'Returns when the controller has taken it down, not when it is done'
complete -c cairn -n '__fish_seen_subcommand_from abort' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from abort' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from abort' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from abort' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from retry' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from retry' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from retry' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l to -d 'To this version instead' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l no-wait -d 'Returns when the controller has taken it down, not when it is done'
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from demo' -l out -d 'Where report.html and report.json go' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from version' -l json -d 'Prints JSON for programs'
