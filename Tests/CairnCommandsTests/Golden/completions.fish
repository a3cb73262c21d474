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
complete -c cairn -n __fish_use_subcommand -f -a convert -d 'writes predictions in another format'
complete -c cairn -n __fish_use_subcommand -f -a suite -d 'suite …'
complete -c cairn -n __fish_use_subcommand -f -a eval -d 'evaluates a version on a suite and shows the verdict'
complete -c cairn -n __fish_use_subcommand -f -a runner -d 'runner …'
complete -c cairn -n __fish_use_subcommand -f -a cancel -d 'ends the evaluations of a version that are not done'
complete -c cairn -n __fish_use_subcommand -f -a compare -d 'compares versions, metric by metric, with tests'
complete -c cairn -n __fish_use_subcommand -f -a report -d 'writes evaluations as one page to mail around'
complete -c cairn -n __fish_use_subcommand -f -a history -d 'shows a metric over a model’s life, or what served on a target'
complete -c cairn -n __fish_use_subcommand -f -a reference -d 'shows the distributions that live traffic is compared with'
complete -c cairn -n __fish_use_subcommand -f -a drift -d 'compares live traffic with a version’s reference, column by column'
complete -c cairn -n __fish_use_subcommand -f -a stats -d 'runs a statistical test or a change detector on your data'
complete -c cairn -n __fish_use_subcommand -f -a target -d 'target …'
complete -c cairn -n __fish_use_subcommand -f -a deploy -d 'brings a version out, step by step'
complete -c cairn -n __fish_use_subcommand -f -a promote -d 'opens the gate that the rollout waits at'
complete -c cairn -n __fish_use_subcommand -f -a skip-step -d 'goes to the next step at once, recorded as an override'
complete -c cairn -n __fish_use_subcommand -f -a goto -d 'goes to a step of the plan'
complete -c cairn -n __fish_use_subcommand -f -a pause -d 'stops every clock of the rollout; guards stay armed'
complete -c cairn -n __fish_use_subcommand -f -a resume -d 'lets the clocks go on'
complete -c cairn -n __fish_use_subcommand -f -a abort -d 'ends the rollout: stable serves everything again'
complete -c cairn -n __fish_use_subcommand -f -a retry -d 'starts the ended rollout’s version again, as a new attempt'
complete -c cairn -n __fish_use_subcommand -f -a rollback -d 'goes back to the version before, verified'
complete -c cairn -n __fish_use_subcommand -f -a quarantine -d 'keeps a version out of a target'
complete -c cairn -n __fish_use_subcommand -f -a unquarantine -d 'lets a version out again that was rolled back'
complete -c cairn -n __fish_use_subcommand -f -a freeze -d 'freeze …'
complete -c cairn -n __fish_use_subcommand -f -a hook -d 'hook …'
complete -c cairn -n __fish_use_subcommand -f -a audit -d 'audit …'
complete -c cairn -n __fish_use_subcommand -f -a drill -d 'drill …'
complete -c cairn -n __fish_use_subcommand -f -a notify -d 'notify …'
complete -c cairn -n __fish_use_subcommand -f -a group -d 'group …'
complete -c cairn -n __fish_use_subcommand -f -a router -d 'router …'
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
complete -c cairn -n '__fish_seen_subcommand_from runner; and not __fish_seen_subcommand_from log' -f -a log -d 'prints what an evaluation’s runner printed'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a welch -d 'whether two means differ; variances may too'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a t-pooled -d 'whether two means differ, with one variance for both'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a t-paired -d 'whether paired results differ in the mean'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a non-inferiority -d 'whether a is not worse than b by more than a margin'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a mann-whitney -d 'whether values of a tend to be larger than those of b'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a ks -d 'whether two distributions differ anywhere'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a two-proportions -d 'whether two success rates differ'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a mcnemar -d 'which of two is right more often on the same examples'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a binomial -d 'whether a success rate fits a given one, exactly'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a fisher -d 'whether two success rates differ, exactly: for small counts'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a chi-square -d 'whether counts fit shares, or groupings are independent'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a multiple-testing -d 'what is left of many p-values seen together'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a evidence -d 'several e-values read together'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a bootstrap -d 'an interval for a mean or a difference, by resampling'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a permutation -d 'whether two means differ, by relabelling'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a effect-size -d 'how large a difference is, in several measures'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a quantiles -d 'quantiles, mean and spread of a sample'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a outliers -d 'which values lie far outside the bulk of a sample'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a msprt -d 'whether two means differ, looked at as often as one likes'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a beta-mixture -d 'whether a rate is not the given one, at any time'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a arm-eprocess -d 'whether the candidate fails more, from failures alone'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a group-sequential -d 'the boundaries of a test with a few planned looks'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a adwin -d 'a window that drops its old part when the mean has changed'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a page-hinkley -d 'a faded sum of deviations from the running mean'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a cusum -d 'sums of deviations from a target, up and down'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a ddm -d 'an error rate of 0 and 1 against its own lowest point'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a ks-window -d 'the newest values of a window against the older ones'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a psi -d 'the population stability index of two samples'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a jensen-shannon -d 'how far two distributions are apart, from 0 to 1'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a mmd -d 'whether two sets of vectors come from one distribution'
complete -c cairn -n '__fish_seen_subcommand_from stats; and not __fish_seen_subcommand_from welch t-pooled t-paired non-inferiority mann-whitney ks two-proportions mcnemar binomial fisher chi-square multiple-testing evidence bootstrap permutation effect-size quantiles outliers msprt beta-mixture arm-eprocess group-sequential adwin page-hinkley cusum ddm ks-window psi jensen-shannon mmd canary' -f -a canary -d 'whether a canary’s metric is high or low against its baseline'
complete -c cairn -n '__fish_seen_subcommand_from target; and not __fish_seen_subcommand_from apply list' -f -a apply -d 'sets a target’s plan to what a file says'
complete -c cairn -n '__fish_seen_subcommand_from target; and not __fish_seen_subcommand_from apply list' -f -a list -d 'lists the targets with what serves'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a add -d 'holds a target: no rollout starts or gains weight'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a remove -d 'ends a freeze'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and not __fish_seen_subcommand_from add remove list' -f -a list -d 'lists the targets that are frozen'
complete -c cairn -n '__fish_seen_subcommand_from hook; and not __fish_seen_subcommand_from list answer' -f -a list -d 'shows the calls of a target’s hooks and their answers'
complete -c cairn -n '__fish_seen_subcommand_from hook; and not __fish_seen_subcommand_from list answer' -f -a answer -d 'answers a call of a hook'
complete -c cairn -n '__fish_seen_subcommand_from audit; and not __fish_seen_subcommand_from verdict verify rollback' -f -a verdict -d 'computes the verdicts of guards again from the log'
complete -c cairn -n '__fish_seen_subcommand_from audit; and not __fish_seen_subcommand_from verdict verify rollback' -f -a verify -d 'checks that nobody edited the log'
complete -c cairn -n '__fish_seen_subcommand_from audit; and not __fish_seen_subcommand_from verdict verify rollback' -f -a rollback -d 'shows what proved each way back, from the log'
complete -c cairn -n '__fish_seen_subcommand_from drill; and not __fish_seen_subcommand_from rollback list' -f -a rollback -d 'rehearses the way back on every host, timed'
complete -c cairn -n '__fish_seen_subcommand_from drill; and not __fish_seen_subcommand_from rollback list' -f -a list -d 'shows drills with their times, and when the next is due'
complete -c cairn -n '__fish_seen_subcommand_from notify; and not __fish_seen_subcommand_from list test' -f -a list -d 'shows what people were told, and whether it reached them'
complete -c cairn -n '__fish_seen_subcommand_from notify; and not __fish_seen_subcommand_from list test' -f -a test -d 'sends a notice to one endpoint, and waits for its first try'
complete -c cairn -n '__fish_seen_subcommand_from group; and not __fish_seen_subcommand_from apply list deploy abort' -f -a apply -d 'makes targets a group, as a file says'
complete -c cairn -n '__fish_seen_subcommand_from group; and not __fish_seen_subcommand_from apply list deploy abort' -f -a list -d 'shows groups and how far each member is'
complete -c cairn -n '__fish_seen_subcommand_from group; and not __fish_seen_subcommand_from apply list deploy abort' -f -a deploy -d 'brings a version out on all targets of a group in lockstep'
complete -c cairn -n '__fish_seen_subcommand_from group; and not __fish_seen_subcommand_from apply list deploy abort' -f -a abort -d 'takes every target of a group back'
complete -c cairn -n '__fish_seen_subcommand_from router; and not __fish_seen_subcommand_from config' -f -a config -d 'writes what HAProxy or NGINX needs to be split by Cairn'
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
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l schema -d 'What the columns shall be; a row that is something else refuses the file' -r
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from add' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from dataset; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from convert' -l task -d 'What the predictions are of: `multiclass`, `regression`, … as in a suite' -x
complete -c cairn -n '__fish_seen_subcommand_from convert' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from apply' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l model -d 'Only this model’s' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from suite; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l suite -d 'The suite; needed where the model has several' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l slice -d 'Every metric of each group of the examples, or of one, the worst first; one of the suite’s slices' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l again -d 'Evaluates once more though a result stands'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l watch -d 'Tells how far each phase is, with rate and time left; a terminal always does'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l predictions -d 'Predictions to judge; the name’s ending says how they are written: .jsonl, .csv, .npy, .npz or .cpred' -r
complete -c cairn -n '__fish_seen_subcommand_from eval' -l skip-invalid -d 'With --predictions: bad rows are counted and left out, else they are an error'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l priority -d 'Added to the suite’s priority where an evaluation is started; higher ones go first' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l repeat -d 'With --predictions: which of the suite’s repeats they are, counted from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from eval' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from eval' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from runner; and __fish_seen_subcommand_from log' -l suite -d 'With a version: on this suite' -x
complete -c cairn -n '__fish_seen_subcommand_from runner; and __fish_seen_subcommand_from log' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from runner; and __fish_seen_subcommand_from log' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from runner; and __fish_seen_subcommand_from log' -l deadline-seconds -d 'Gives up on a service after this long' -x
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
complete -c cairn -n '__fish_seen_subcommand_from report' -l out -d 'Where the page goes' -r
complete -c cairn -n '__fish_seen_subcommand_from report' -l suite -d 'Only this suite; all of the model unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from report' -l alpha -d 'The tests’ level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from report' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from report' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from report' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l metric -d 'Of a model: the metric' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l run -d 'Of a model: only this run' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l at -d 'Of a target: a moment in UTC, as 2026-11-24T10:00Z' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from history' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from history' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from reference' -l suite -d 'Of this suite; the newest evaluation’s unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from reference' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from reference' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from reference' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from reference' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l suite -d 'Of this suite; the newest evaluation’s unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l alpha -d 'The chance of a false alarm, for all columns together; 0.01 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l smallest-effect -d 'The least PSI, distance or gap that matters; 0.1 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l exit-code -d 'Exits with 1 where a column drifted or the schema is broken'
complete -c cairn -n '__fish_seen_subcommand_from drift' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from drift' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l evaluator -d 'Where the evaluator listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from drift' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from stats' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from welch' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-pooled' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from t-paired' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l margin -d 'How much worse is still good enough, in the data’s unit' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l lower-is-better -d 'Small values are the good ones'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l paired -d 'Rows belong together: a and b of one example'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from non-inferiority' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mann-whitney' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l successes-a -d 'Successes of a' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l trials-a -d 'Trials of a' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l successes-b -d 'Successes of b' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l trials-b -d 'Trials of b' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l margin -d 'How far below b is still good enough' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from two-proportions' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l a -d 'Per example: 1 where a was right, else 0' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l b -d 'Per example: 1 where b was right, else 0' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l only-a -d 'Examples that only a got right' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l only-b -d 'Examples that only b got right' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mcnemar' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l rate -d 'The rate to hold against' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l successes -d 'Successes' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l trials -d 'Trials' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from binomial' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l table -d 'Counts, with semicolons between the rows: "12 5; 3 9"' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l alternative -d 'Which difference counts: any, a larger, or a smaller' -x -a 'two-sided greater less'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from fisher' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l a -d 'Per row: the first grouping’s name' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l b -d 'Per row: the second grouping’s name' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l counts -d 'Counts of each group' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l expected -d 'With --counts: the share of each, which sum to 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l table -d 'Counts, with semicolons between the rows: "12 5; 3 9"' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l yates -d 'Corrects a table of two by two for continuity'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from chi-square' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from multiple-testing' -l value -d 'The column of p-values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from multiple-testing' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from multiple-testing' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from multiple-testing' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from multiple-testing' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l value -d 'The column of e-values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l log -d 'The values are ln e'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from evidence' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l a -d 'The column, or the candidate’s' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l paired -d 'Rows belong together: a and b of one example'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l resamples -d 'How many' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l seed -d 'The same seed gives the same numbers' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from bootstrap' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l permutations -d 'How many relabellings to draw' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l seed -d 'The same seed gives the same numbers' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from permutation' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from effect-size' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l at -d 'Which quantiles' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from quantiles' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l factor -d 'How far; 3 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l reduced -d 'Only values also outside the 1st to 99th percentile'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l sigma -d 'By the standard deviation'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from outliers' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l variance -d 'Of one outcome' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l smallest-effect -d 'The smallest difference that matters' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l mixing-variance -d 'In place of --smallest-effect: the square of it' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from msprt' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l rate -d 'The rate to hold against; 0.5 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l prior-a -d 'Shape of the mixture; 0.5 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l prior-b -d 'Shape of the mixture; 0.5 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from beta-mixture' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l arm -d 'The column of 1 (candidate) and 0 (stable)' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l weight -d 'The column of the candidate’s share, 0 to 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l share -d 'The candidate’s share, where no column has it' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l grid -d 'Relative risks' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l alpha -d 'The test’s level; 0.01 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from arm-eprocess' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l fractions -d 'The share of the data at each look, ending in 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l spending -d 'How alpha is spent' -x -a 'obrien-fleming pocock'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l z -d 'The z seen at the looks so far' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from group-sequential' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l delta -d 'Chance of a false alarm per check; 0.002 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l clock -d 'Checks every so many' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l max-buckets -d 'Buckets a row' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l min-window -d 'Shortest part' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l grace -d 'Values before checks' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from adwin' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l min-count -d 'Values before alarms' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l delta -d 'A change too small to matter; 0.005 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l threshold -d 'Alarm above this; 50 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l fading -d 'Share that survives a value; 0.9999 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l direction -d 'Which' -x -a 'up down both'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from page-hinkley' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l mean -d 'The mean when nothing has changed; 0 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l deviation -d 'Its standard deviation; 1 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l slack -d 'Half the shift to be found; half a deviation else' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l threshold -d 'Alarm above this, in the unit of the values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l run-length -d 'In place of it: one false alarm in so many normal values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l calibrate -d 'In place of all: learns from the first N values, which must be quiet' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l length -d 'With --calibrate: streams of so many' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l false-alarms -d 'With --calibrate: the share of them that may alarm; 0.01 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l seed -d 'The same seed gives the same numbers' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from cusum' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l warm-start -d 'Values before' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l warning -d 'Deviations for a warning; 2 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l drift -d 'Deviations for a drift; 3 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ddm' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l value -d 'The column of values, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l window -d 'Values in the window' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l recent -d 'The newest of them' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l alpha -d 'The level of a look; 0.001 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from ks-window' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l a -d 'The current values’ column' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l b -d 'The reference’s column' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l bins -d 'How many bins, of equal shares of b' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l edges -d 'Edges of the bins, rising' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l categories -d 'The values are names, not numbers'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l epsilon -d 'In place of an empty share; 0.0001 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l smallest-effect -d '0.1 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l alpha -d 'The test’s level; 0.01 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from psi' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l a -d 'The current values’ column' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l b -d 'The reference’s column' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l bins -d 'How many bins, of equal shares of b' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l categories -d 'The values are names, not numbers'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l weights -d 'Rows are bins, and the columns their weights'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l limit -d 'A distance that counts as drift; 0.1 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l permutations -d 'Relabellings for a p-value' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l seed -d 'The same seed gives the same numbers' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l nan -d 'What a value that is missing or NaN means: an error, or a row to leave out' -x -a 'reject omit'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from jensen-shannon' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l by -d 'The column that says whose vector a row is' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l a -d 'With --by: the candidate’s value of it' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l b -d 'With --by: the baseline’s value of it' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l permutations -d 'How many relabellings to draw' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l seed -d 'The same seed gives the same numbers' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l alpha -d 'The test’s level; 0.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from mmd' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l a -d 'The candidate’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l b -d 'The baseline’s column, by name or by number from 1' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l by -d 'The column that says whose value a row has: --a and --b are then two of its values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l value -d 'With --by: the column of values' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l format -d 'How the data are written; plain is without a header' -x -a 'csv jsonl plain'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l direction -d 'Which change is bad' -x -a 'increase decrease either'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l confidence -d 'How sure it must be; 0.98 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l effect -d 'What limits are measured in' -x -a 'mean-ratio a12'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l allowed-increase -d 'High from this effect on; 1.05 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l allowed-decrease -d 'Low down from this; 0.95 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l critical -d 'This metric alone fails the canary'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l critical-increase -d 'Critical from this effect on' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l critical-decrease -d 'Critical down from this effect' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l tolerance -d 'Of the old shift rule; 0.25 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l min-count -d 'Values a side' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l outliers -d 'What to remove' -x -a 'keep iqr sigma'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l factor -d 'With --outliers: how far out; 3 unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l requires-data -d 'Missing data are a failure'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l nan -d 'NaN and missing values: left out, or 0' -x -a 'remove replace'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l fail-if -d 'Ends with exit code 1 if this became of the null hypothesis' -x -a 'rejected kept undecided'
complete -c cairn -n '__fish_seen_subcommand_from stats; and __fish_seen_subcommand_from canary' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from target; and __fish_seen_subcommand_from apply' -l reason -d 'Why, for the audit log' -x
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
complete -c cairn -n '__fish_seen_subcommand_from promote' -l keep-guards -d 'With --full: to the last step, which is baked and judged'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from promote' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from promote' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from skip-step' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from goto' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from goto' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from goto' -l deadline-seconds -d 'Gives up on a service after this long' -x
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
complete -c cairn -n '__fish_seen_subcommand_from abort' -l quarantine -d 'Keeps the version out until `cairn unquarantine`'
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
complete -c cairn -n '__fish_seen_subcommand_from rollback' -l fast -d 'At once, whatever ramp the plan has for the way back'
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
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from quarantine' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from unquarantine' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l window -d 'A window of this name, in place of one that has it' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l from -d 'Its start, as 2026-12-24T18:00Z' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l until -d 'Its end' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l every -d 'From one start to the next, as 168h for a week' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from add' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from freeze; and __fish_seen_subcommand_from remove' -l window -d 'Removes this window instead' -x
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
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l yes -d 'The rollout may go on'
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l no -d 'It may not'
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from hook; and __fish_seen_subcommand_from answer' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verdict' -l attempt -d 'Only this attempt’s' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verdict' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verdict' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verdict' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from verify' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l expect-revision -d 'Refuses unless the target is at this revision' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l attempt -d 'Refuses unless this attempt is the live one' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l expect-step -d 'Refuses unless the rollout is at this step, counted from 1 as in `status`' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from rollback' -l no-wait -d 'Returns when the controller has taken it down, not when it is done'
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from drill; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from rollback' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from rollback' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from audit; and __fish_seen_subcommand_from rollback' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from list' -l limit -d 'So many of the newest' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from list' -l undelivered -d 'Only those that somebody has not got'
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from test' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from test' -l no-wait -d 'Returns when the controller has taken it down, not when it is done'
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from test' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from test' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from notify; and __fish_seen_subcommand_from test' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from apply' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from list' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from list' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from list' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l ingest -d 'Where ingest listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from deploy' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l plan -d 'Says what would happen and stops there'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l actor -d 'Who asks, for the audit log; your user name unless given' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l reason -d 'Why, for the audit log' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l json -d 'Prints JSON for programs'
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l controller -d 'Where the controller listens, if not where `cairn up` said' -x
complete -c cairn -n '__fish_seen_subcommand_from group; and __fish_seen_subcommand_from abort' -l deadline-seconds -d 'Gives up on a service after this long' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l key -d 'What a request is known by: header:NAME, cookie:NAME, param:NAME or client' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l dir -d 'Where the files lie that the router reads' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l stable -d 'The backend or upstream of the stable version; chat-stable for prod/chat' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l candidate -d 'That of the candidate; chat-candidate for prod/chat' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l baseline -d 'That of stable’s second copy in experiments; else they go to stable’s' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l cohorts -d 'Where a request says its cohorts, for pins by cohort' -x
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l socket -d 'HAProxy’s admin socket' -r
complete -c cairn -n '__fish_seen_subcommand_from router; and __fish_seen_subcommand_from config' -l status -d 'Where NGINX tells its agent what it serves' -x
complete -c cairn -n '__fish_seen_subcommand_from demo' -l out -d 'Where report.html and report.json go' -x -a '(__fish_complete_directories)'
complete -c cairn -n '__fish_seen_subcommand_from version' -l json -d 'Prints JSON for programs'
