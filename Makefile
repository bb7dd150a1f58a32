# Two commands: `make run` starts Kaname, `make test` checks all of it.
export PYTHONDONTWRITEBYTECODE :=
