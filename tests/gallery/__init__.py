"""Every picture in every state, on the product's own stage page: `uv run python -m tests.gallery [folder]`."""
