# Every target installs what it needs first; an installation that is current is left alone.
.DEFAULT_GOAL := help
.PHONY: help demo window install system test check gpu-check fuzz crash soak bench screenshots lock clean

bin := .venv/bin
fast := not deep and not learn

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: ## installs Fovea into .venv and answers the bundled samples
	@installer/bootstrap.sh demo

window: ## opens the bundled samples in the window
	@installer/bootstrap.sh install run
	@$(bin)/fovea resources/samples

install: ## installs into .venv what Fovea needs to run
	@installer/bootstrap.sh install run

system: ## the system libraries of the window: installs what lacks, or prints the line that does
	@installer/bootstrap.sh system

test: ## lint, types, layers and all tests that need no heavy peer (at most 12 minutes)
	@installer/bootstrap.sh install dev
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/pytest -m "$(fast)" -n 2 --dist loadfile

check: ## the deep rest: training, the wheel, no network, a real display (at most 45 minutes)
	@installer/bootstrap.sh install learn
	@installer/bootstrap.sh install gpu
	@installer/bootstrap.sh peers
	$(bin)/pytest -m "not ($(fast))"
	@echo "The CUDA kernels in the simulator, small shapes: none of this is a GPU's"
	NUMBA_ENABLE_CUDASIM=1 $(bin)/pytest -m simulator

gpu-check: ## everything that needs an NVIDIA GPU; writes docs/gpu-figures.md (at most 8 minutes)
	@installer/bootstrap.sh install gpu
	@installer/bootstrap.sh install dev
	$(bin)/python -m tests.gpu

fuzz: ## ten minutes of damaged files of every format, each to be read or refused
	@installer/bootstrap.sh install dev
	$(bin)/python -m tests.fuzz --seconds 600 --seed 1

crash: ## 200 rounds of kills and full disks while files come in, each file to be answered once (about 40 minutes)
	@installer/bootstrap.sh install dev
	$(bin)/python -m tests.crash --rounds 200 --seed 1

soak: ## 30 minutes at full load: memory, descriptors and latency of the last third against the first
	@installer/bootstrap.sh install dev
	$(bin)/python -m tests.soak --minutes 30

bench: ## the kernels and the intake beside SimpleITK, OpenCV and torch; many studies overlapped (an hour or more)
	@installer/bootstrap.sh install learn
	$(bin)/python -m tests.bench

screenshots: ## pictures of the window on the bundled samples, in out/screenshots
	@installer/bootstrap.sh install dev
	QT_QPA_PLATFORM=offscreen $(bin)/python -m tests.app.screenshots out/screenshots
	QT_QPA_PLATFORM=offscreen $(bin)/python -m tests.app.script_pictures out/screenshots

lock: ## resolves the locked versions anew (needs the network)
	@installer/lock.sh

clean: ## removes .venv and everything that was built or cached here
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist out
