"""The bounds of a child process that touches a stranger's file."""


def bind(memory: int, processor_seconds: int) -> None:
    """Hold this process to so many bytes of address space and so much processor time, and let it
    leave no core behind. A narrower bound that is there already stays."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the parent remains
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        _, bound = resource.getrlimit(what)
        least = most if bound == resource.RLIM_INFINITY else min(most, bound)
        resource.setrlimit(what, (least, least))
