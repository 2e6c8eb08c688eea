"""Browsers that the default run leaves alone, each by its own door: Firefox, WebKitGTK, lynx, w3m.

On Debian all of them come with

    apt-get install --no-install-recommends firefox-esr webkit2gtk-driver xvfb lynx w3m

and what is not installed is skipped.
"""
