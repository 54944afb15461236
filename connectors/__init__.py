"""Where knowledge comes from: one folder in `sources` for each kind of source."""
