"""Kennisbot where people meet it: chats and commands, from a question coming in to its answer going out."""
