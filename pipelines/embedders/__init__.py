"""Texts to vectors: one module for each engine, each with a component for questions and one for passages."""
