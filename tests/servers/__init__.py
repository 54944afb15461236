"""The real Weaviate and Ollama: `make servers` installs them in a cache, `make test-servers` tests against them."""
