"""The commands, one a room; gongkai.py lists them and gives them their engine."""
