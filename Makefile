# make report | inventory | test | test-all | lint | cases | mutants | mutants-code | prove | fuzz | fuzz-bytes | sbom | audit | validate | bench | lock | yaml | clean. PYTHON=/path/to/python3.11 chooses the interpreter.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
EXAMPLE ?= questionnaires/examples/recrutement-ia-generative.fr.yaml
REPORT = build/$(basename $(notdir $(EXAMPLE))).pdf
TABLE ?= questionnaires/occitanie/usages.jsonl
PORTFOLIO = build/$(basename $(notdir $(TABLE))).pdf
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq
READY = .venv/.ready

# Hundreds of tests start the program anew: each start is twice as fast where compiled modules may be kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: report inventory test test-all lint types style cases mutants mutants-code prove fuzz fuzz-bytes sbom audit validate bench lock yaml clean

report: $(READY)
	@mkdir -p build
	@$(BIN)/aiact-check assess $(EXAMPLE) -o $(REPORT) --force
	@echo "The report is in $(REPORT)"

inventory: $(READY)
	@mkdir -p build
	@$(BIN)/aiact-check inventory $(TABLE) -o $(PORTFOLIO) --lang fr --force
	@echo "The portfolio is in $(PORTFOLIO)"

test: lint
	@tools/browser.sh
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

# The tests under every supported version of Python that this machine has, by name or through pyenv.
test-all: $(READY)
	tools/test_all.sh

lint: $(READY)
	@$(MAKE) --no-print-directory -j2 style types

types:
	$(BIN)/mypy

style:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m aiact_check.law.rulebase
	$(BIN)/python -m aiact_check.generate --check

cases: $(READY)
	$(BIN)/python -m tests.agreement --write

mutants: $(READY)
	$(BIN)/python -m tools.mutants $(RULES)

COUNT ?= 60

# Breaks the engine's own code in small ways and says what no test notices. COUNT=all takes half an hour, COUNT=again
# what survived the last time; the first run finds out what each test reaches, which takes as long as the tests.
mutants-code: $(READY)
	$(BIN)/python -m tools.mutants_code $(COUNT)

prove: $(READY)
	$(BIN)/python -m tools.prove

MINUTES ?= 10

fuzz: $(READY)
	$(BIN)/python -m tools.fuzz $(MINUTES)

# The same ways in, led by what an input reaches; needs atheris, which is not in the lock file, and says so.
fuzz-bytes: $(READY)
	$(BIN)/python -m tools.fuzz_bytes $(MINUTES)

# What is shipped, as CycloneDX in build/sbom.cdx.json; fails where a licence is not on the list.
sbom: $(READY)
	$(BIN)/python -m tools.sbom

# Known vulnerabilities of what requirements.lock names; needs the advisories of pypi.org.
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip --disable-pip-version-check -qq install pip-audit
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

# A validator of PDF/UA-1 and PDF/A-3a: takes the profiles and the files, exits with 0 where all conform.
VALIDATOR ?= ../shared/tools/verapdf/validate

validate: $(READY)
	$(BIN)/python -m tools.validate $(VALIDATOR)

bench: $(READY)
	$(BIN)/python benchmarks/bench.py

# Current versions of everything, with their hashes. uv resolves for all systems at once; it is used here only.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check -qq install uv
	build/lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-config --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements.lock

yaml:
	tools/yaml_library.sh

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment: made once, again when the lock file or pyproject.toml changes.
$(READY): requirements.lock pyproject.toml tools/system-libraries.sh
	@tools/system-libraries.sh "$(PYTHON)"
	@echo "Setting up .venv (first run: about half a minute)"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
