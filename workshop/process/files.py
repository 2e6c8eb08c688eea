"""How many files and connections the process may hold open, and what the system keeps of it when it dies."""

WANTED = 16384  # every phone holds one stream, and a send now and then
ENOUGH = 4096  # a full workshop of 2,000 phones


def raise_limit() -> int | None:
    """Raises the soft limit as far as the system lets us; how many it is now, None where there is no such limit."""
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if most > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(soft, most)


def shortage(limit: int | None) -> str | None:
    """The sentence to say where a full workshop would not fit."""
    if limit is None or limit >= ENOUGH:
        return None
    return (f"This system lets Bothand keep {limit} connections open, enough for about {limit // 2} phones. "
            "For more, raise the limit (ulimit -n) before you start it.")


def leave_no_core() -> None:
    """A crash writes no memory to disk: keys of open rounds are in it, and what was just being counted."""
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
