"""Files of every format, built in memory with known content, to be compared with what a converter makes of them."""
