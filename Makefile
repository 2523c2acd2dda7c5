# `make demo` shows Gatewatch at work, `make test` runs every check. Both set up .venv by themselves.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# The first of these that is 3.11 or later. Run, not only looked up: a pyenv shim may stand for nothing.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; \
	done)

.PHONY: help demo test setup lint types layers pytest slow soak faults bench floors weights picture pictures rendered deb test-systemd clean

help:  ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

demo: $(VENV)/.runtime  ## Watch November 2023 pass in half a minute
	@$(BIN)/gatewatch demo

test: lint types layers pytest  ## Run every check that CI runs

setup: $(VENV)/.dev  ## Make .venv with everything for work on the code

lint: $(VENV)/.dev  ## Only the style
	@echo "ruff: style"
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.dev  ## Only the types
	@echo "mypy: types"
	@$(BIN)/mypy --no-error-summary

layers: $(VENV)/.dev
	@echo "import-linter: which room imports which"
	@$(BIN)/lint-imports > $(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }

pytest: $(VENV)/.dev
	@echo "pytest: behaviour"
	@$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

slow: $(VENV)/.dev  ## Run the long tests, too (minutes)
	@$(PIP) install --editable ".[training]"
	@$(BIN)/pytest

soak: $(VENV)/.dev  ## A thousand sources in bad weather (some minutes)
	@SOAK_SOURCES=1000 SOAK_MINUTES=30 SOAK_PACE=6 SOAK_RELOADS=200 $(BIN)/pytest tests/soak

faults: $(VENV)/.dev  ## Kill at every statement, fail in every way (some minutes)
	@FAULTS=all $(BIN)/pytest tests/faults

bench: $(VENV)/.dev  ## Run the measurements in bench/
	@for script in bench/*.py; do echo "$$script"; $(BIN)/python "$$script" || exit 1; done

floors: $(VENV)/.dev  ## Print today's figures as floors for tests/reading/labelled
	@$(BIN)/python bench/floors.py

weights: $(VENV)/.dev  ## Learn the weights of the second look anew (ten minutes)
	@$(PIP) install --editable ".[training]"
	@$(BIN)/python training/train.py

picture: $(VENV)/.runtime  ## Draw docs/demo.svg anew
	@$(BIN)/gatewatch demo --picture docs/demo.svg

pictures: $(VENV)/.dev  ## Draw docs/slack.png and docs/mail.png from what is really sent (needs chromium)
	@$(BIN)/python docs/pictures/draw.py

rendered: $(VENV)/.dev  ## Write the messages in tests/alerts/rendered anew, to be looked at
	@GATEWATCH_WRITE_RENDERED=1 $(BIN)/pytest tests/alerts/test_rendered.py

deb:  ## Build dist/gatewatch_VERSION_ARCH.deb for this Debian; VERSION=… for another than pyproject.toml has
	@for tool in git dpkg-deb strip; do command -v $$tool >/dev/null || { \
		echo "make deb needs $$tool: sudo apt-get install git dpkg binutils"; exit 1; }; done
	@/usr/bin/python3 -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "make deb needs Debian's own python3, 3.11 or later, and python3-venv"; exit 1; }
	@/usr/bin/python3 -B deb/build.py $(if $(VERSION),--version $(VERSION))

test-systemd: $(VENV)/.dev  ## Install, start, reload, kill, upgrade under a real systemd (root; some minutes)
	@$(BIN)/python tests/systemd/able.py
	@$(MAKE) --no-print-directory deb
	@echo "pytest: the service under systemd"
	@$(BIN)/pytest tests/systemd

clean:  ## Remove .venv and all caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say which pyproject.toml the environment was made for.
$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	@echo "Installing Gatewatch into $(VENV) …"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing Gatewatch and its development tools into $(VENV) …" >&2
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.runtime

# Debian's python3 comes without ensurepip; that is in python3-venv.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Gatewatch needs Python 3.11 or later; install python3 and try again."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing $$package …"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$package >/dev/null; \
		else \
			echo "Python has no ensurepip here; install it first: sudo apt-get install $$package"; exit 1; \
		fi; }
	@$(PYTHON) -m venv $(VENV)
