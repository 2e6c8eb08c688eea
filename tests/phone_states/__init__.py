"""Every state that a participant's phone can be in, reached on a real server and looked at."""
