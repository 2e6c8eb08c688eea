"""What can stand in the way of a start, each with a sentence that says what to do."""

import errno
import socket
import ssl
import sys

from workshop.errors import Invalid, Unavailable
from workshop.settings import Settings


def sentence(error: OSError) -> str:
    """What the system said, for a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Free some room and start again."
    if error.filename:
        return (f"Bothand cannot use {error.filename}: {error.strerror}. Mend that, or name other places in "
                "BOTHAND_DATABASE and BOTHAND_KEYS.")
    return f"Bothand could not start: {error.strerror or type(error).__name__}."


def prove_certificate(settings: Settings) -> None:
    """Raises Invalid where TLS is asked for and cannot be."""
    cert, key = settings.tls_cert, settings.tls_key
    if (cert is None) != (key is None):
        raise Invalid("setting", "BOTHAND_TLS_CERT and BOTHAND_TLS_KEY belong together: set both, or none.")
    if cert is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except OSError as error:  # of which SSLError is one
        raise Invalid("setting", f"BOTHAND_TLS_CERT ({cert}) and BOTHAND_TLS_KEY ({key}) cannot be used: they have "
                                 "to be a certificate and the key that fits it, both in PEM form.") from error


def prove_port_free(settings: Settings) -> None:
    """Raises Unavailable with another port to try."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Unavailable("port", port_sentence(error, settings)) from error


def port_sentence(error: OSError, settings: Settings) -> str:
    """Why the server cannot listen there, and what to do."""
    port, other = settings.port, settings.port + 1 if settings.port < 65535 else 8501
    if error.errno == errno.EADDRINUSE:
        return (f"Port {port} is taken by another program, perhaps by another Bothand. Stop that one, or use another "
                f"port: BOTHAND_PORT={other}")
    if error.errno == errno.EACCES:
        return f"This system does not let Bothand use port {port}. Use a higher one: BOTHAND_PORT=8501"
    return f"Bothand cannot listen on {settings.host} (BOTHAND_HOST): {error.strerror}. Leave it out to use all."
