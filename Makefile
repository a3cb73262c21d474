# Cairn's tasks. Each sets up what it needs; `make` alone says what there is.

PREFIX ?= /usr/local
DESTDIR ?=
JOBS ?= $(shell nproc)
SWIFT_FLAGS ?= --static-swift-stdlib

.PHONY: help setup build release test crash-test model-check simulate check bench bench-store \
	bench-metrics bench-reading bench-sequential bench-rollout bench-routers demo \
	install generate fuzz clean

help:                ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

setup:               ## installs the Debian packages that are missing, checks for Swift
	@scripts/setup.sh

build: setup         ## debug build of everything
	swift build -j $(JOBS)

release: setup       ## release build, the Swift runtime inside
	swift build -c release -j $(JOBS) $(SWIFT_FLAGS)

test: setup          ## all tests
	@scripts/setup.sh test
	@scripts/interop-venv.sh
	@JOBS=$(JOBS) scripts/test.sh

crash-test: setup    ## services and evaluators killed by the hundreds: half an hour; CAIRN_SEED repeats
	swift build --build-tests -j $(JOBS)
	CAIRN_KILLS=500 swift test --skip-build --no-parallel --filter 'CrashTests\.CrashTests/'
	CAIRN_KILLS=200 swift test --skip-build --no-parallel --filter 'CrashTests\.EvaluatorCrashTests/'
	CAIRN_STOPS=1 CAIRN_STOP_SECONDS=60 swift test --skip-build --no-parallel --filter LeaderTests

model-check: setup   ## every order of a rollout's events to depth 8: some minutes
	CAIRN_ONLY=cairn-sim swift build -c release --product cairn-sim -j $(JOBS)
	$$(CAIRN_ONLY=cairn-sim swift build -c release --show-bin-path)/cairn-sim --model-check 8 --jobs $(JOBS)

simulate: setup      ## 10,000 histories of 10,000 events each; what fails goes to seeds.txt
	CAIRN_ONLY=cairn-sim swift build -c release --product cairn-sim -j $(JOBS)
	$$(CAIRN_ONLY=cairn-sim swift build -c release --show-bin-path)/cairn-sim --seeds 10000 \
		--events 10000 --jobs $(JOBS) --keep Tests/SimulationTests/seeds.txt

check: setup         ## formatting, generated code, rules of the house
	@scripts/check.sh

demo: release        ## the main job on real data: train, judge, canary, roll back
	@scripts/demo.sh

bench: release       ## calls, pushes and rollbacks against peers and the limits of this machine
	@scripts/bench-rpc.sh
	@scripts/bench-rollback.sh
	@scripts/bench-push.sh
	@scripts/bench-stall.sh

bench-store: release ## the checkpoint store against its peers, on real checkpoints
	@scripts/bench-store.sh
	@scripts/bench-codec.sh

bench-metrics: release ## metrics and tests against the libraries that people use
	@scripts/bench-metrics.sh

bench-reading: release ## predictions from disk to metrics, beside polars and NumPy
	@scripts/bench-reading.sh

bench-rollout: release ## ways back under load, false rollbacks and delays beside other rules: minutes
	@scripts/bench-outcomes.sh
	@scripts/bench-rollback.sh
	@scripts/bench-rollout.sh

bench-sequential: release ## false rollbacks and power of the sequential tests: a minute
	@scripts/bench-sequential.sh

bench-routers: release ## HAProxy and NGINX split by Cairn: what it costs, how fast it goes back
	@scripts/setup.sh test
	@scripts/bench-routers.sh

install: release     ## programs, manuals, completions under PREFIX (default /usr/local)
	@scripts/install.sh $(PREFIX) $(DESTDIR)

generate: setup      ## messages in C and Swift from proto/
	@scripts/generate.sh

fuzz: setup          ## what reads bytes of others under libFuzzer, for FUZZ_SECONDS (default 60)
	@scripts/fuzz.sh

clean:               ## removes what was built
	swift package clean
	rm -rf build
