"""The bounds of a child process that touches a stranger's file."""


def bind(memory: int, processor_seconds: int) -> None:
    """Hold this process to so many bytes of address space and so much processor time, and let it
    leave no core behind. A narrower bound that is there already stays."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    for what, most, grace in (
        (resource.RLIMIT_AS, memory, 0),
        # At the hard bound the system kills as it does for want of memory; a second earlier it
        # says that the time is up.
        (resource.RLIMIT_CPU, processor_seconds, 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, bound = resource.getrlimit(what)
        hard = most + grace if bound == resource.RLIM_INFINITY else min(most + grace, bound)
        resource.setrlimit(what, (min(most, hard), hard))
