"""How good retrieval and answers are, measured on questions whose documents are known."""
