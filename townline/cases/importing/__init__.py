"""Taking cases over from another system: read and check everything first, then write in batches."""
