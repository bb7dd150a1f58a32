# Two commands: `make run` starts Kaname, `make test` checks all of it.
export PYTHONDONTWRITEBYTECODE :=
export PYTHON

.PHONY: run
run: setup ## set up what is missing and start Kaname
	@.venv/bin/kaname up

.PHONY: test
test: setup-dev ## set up what is missing and check everything
	@tools/test.sh

.PHONY: lint
lint: setup-dev ## style, formatting, types of the API, who imports whom
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

.PHONY: setup setup-dev
setup: .venv/stamp-run ## install what running needs
setup-dev: .venv/stamp-dev ## install what testing needs besides

.venv/stamp-dev: islands/plan/package-lock.json
.venv/stamp-run .venv/stamp-dev: .venv/stamp-%: pyproject.toml tools/setup.sh
	@tools/setup.sh $*

.PHONY: messages
messages: ## update and compile the message catalogues
	.venv/bin/python tools/messages.py

.PHONY: islands
islands: setup-dev ## rebuild the scripts that are written in TypeScript
	cd islands/plan && npm run check && npm test && npm run build

.PHONY: look
look: setup-dev ## take a picture of every page into look/ (LOOK='--quick --only projects/*')
	.venv/bin/python tools/look.py $(LOOK)

.PHONY: accessible
accessible: setup-dev ## let axe go over every page, in both languages, by day and by night
	.venv/bin/python -m benchmarks.accessible
