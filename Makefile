# Two commands: `make run` starts Kaname, `make test` checks all of it.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: messages
messages: ## update and compile the message catalogues
	.venv/bin/python tools/messages.py
