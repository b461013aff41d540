"""English: codes, help and terms, each loaded when it is asked for."""
