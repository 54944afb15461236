"""HTML pages and the tables in them."""


def page(body: str, head: str = "", attributes: str = "") -> str:
    """Return a whole page; `attributes` are those of its body."""
    return f"<!DOCTYPE html><html><head>{head}</head><body {attributes}>{body}</body></html>"


def table(*rows: str, top: str = "") -> str:
    """Return a table; `top` is what stands before its rows, such as a caption."""
    return f"<table>{top}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells(*texts: str, name: str = "td") -> str:
    """Return the cells of a row."""
    return "".join(f"<{name}>{text}</{name}>" for text in texts)
