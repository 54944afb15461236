"""What the page's scripts ask of the server, in JSON: one module a noun."""
