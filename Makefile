# Two commands do everything on a fresh Debian 12: `make book` and `make test`.
# Each installs what it lacks.

VENV := .venv
PYTHON := $(VENV)/bin/python
PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
            fonts-lxgw-wenkai fonts-babelstone-han fonts-hanazono default-jre-headless ghostscript python3-venv
STAMP := $(VENV)/.installed
# For the tests alone: Ace and engines of reading systems, and the browser they need.
READERS := tests/node_modules/.installed
READER_PACKAGES := chromium $(if $(shell command -v npm),,nodejs npm)

.PHONY: book test check wheel-alone acceptance bench clean machine reader-machine

book: $(STAMP)
	$(VENV)/bin/publish build

test: $(STAMP) $(READERS) check
	$(PYTHON) -m pytest -n 2
	$(MAKE) wheel-alone
	$(VENV)/bin/publish build --output build/test

check: $(STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# The built wheel works alone: a new environment, an empty folder, a new issue.
wheel-alone: $(STAMP)
	bash tests/wheel_alone.sh $(PYTHON)

# What takes longer than a test may; writes docs/acceptance.md and the pictures of the guide.
acceptance: $(STAMP) $(READERS)
	$(PYTHON) tests/acceptance.py

bench: $(STAMP)
	$(VENV)/bin/pip install --quiet --editable '.[bench]'
	$(PYTHON) -m benchmarks.run --size M

clean:
	rm -rf build dist

machine:
	@bash tests/machine.sh $(PACKAGES)

reader-machine: machine
	@bash tests/machine.sh $(READER_PACKAGES)

$(READERS): tests/package.json tests/.npmrc | reader-machine
	npm install --silent --prefix tests
	touch $(READERS)

$(STAMP): pyproject.toml | machine
	test -x $(PYTHON) || python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --upgrade pip
	$(VENV)/bin/pip install --quiet --editable '.[test]'
	touch $(STAMP)
