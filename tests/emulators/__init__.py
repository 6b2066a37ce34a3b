"""Loopback stand-ins for the messengers, with scripted faults. `python -m tests.emulators` runs them alone."""
