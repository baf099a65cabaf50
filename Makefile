python := .venv/bin/python
locks := requirements requirements-test requirements-uv requirements-node

.PHONY: run test venv demo-reset bench lock format messages

run: ## Start the application with its demo
	@scripts/bootstrap.sh run
	@exec $(python) manage.py runall

test: venv ## Everything that must hold
	@$(python) scripts/check.py

venv: ## What developers need, without starting anything
	@scripts/bootstrap.sh test

demo-reset: ## Give the demo back
	@scripts/bootstrap.sh run
	@$(python) manage.py prepare --without-demo
	@$(python) manage.py demo_reset

bench: venv ## Cost of pages, side by side with floors of the same server
	@$(python) -m benchmarks

lock: ## Choose the newest versions that the .in files allow
	@scripts/bootstrap.sh test
	@for name in $(locks); do .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate $$name.in --output-file $$name.txt || exit 1; done
	@npm install --package-lock-only --ignore-scripts
	@$(python) scripts/frontend.py --without-addresses

format: venv ## Format the code and mend what can be mended
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

messages: venv ## Find new texts to translate (needs gettext) and compile what is translated
	@$(python) manage.py makemessages --locale en --ignore .venv --ignore node_modules --ignore var --no-location
	@$(python) -m config.lib.messages
