"""Seals what has come whenever it is told to, in a process of its own, as the worker does every minute."""

import sys

import django


def main() -> None:
    """One line in, one sealing, one line out."""
    django.setup()
    from townline.audit import sealing

    for _line in sys.stdin:
        sealing.seal()
        sys.stdout.write("sealed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
