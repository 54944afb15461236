"""Why a file of any format can't be read, where several formats have the same to say to an administrator."""

from pipelines.errors import UnreadableContent

SAVE_AGAIN = "Open it in its own program, save it again, or exclude it."


def damaged() -> UnreadableContent:
    """Return what to raise where the bytes are not those of a whole file."""
    return UnreadableContent("it is damaged or not complete", SAVE_AGAIN)


def protected() -> UnreadableContent:
    """Return what to raise where only a password opens it."""
    return UnreadableContent("it is protected by a password", "Save it without a password, or exclude it.")
