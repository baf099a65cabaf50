.PHONY: venv
venv: .venv/.stamp

.venv/.stamp: requirements-uv.txt requirements-test.txt
	python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-uv.txt
	.venv/bin/uv pip install --quiet --require-hashes --only-binary :all: -r requirements-test.txt
	touch $@
