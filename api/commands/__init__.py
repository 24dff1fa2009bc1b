"""The commands of ``shouwang``, one module each."""
