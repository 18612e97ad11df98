"""The window: the only place with Qt. It shows states and reports intents; it decides nothing."""
