"""The process around the surfaces: how it starts and stops, and what it lets in and out."""
