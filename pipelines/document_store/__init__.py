"""Where the index lives: one folder for each kind of store. Nothing outside knows which one it is."""
