"""Training of the adapter that ships with the packaged embedding model."""
