"""Bad networks, dying servers and full phones: the room counts what a phone said was received, and nothing else."""
