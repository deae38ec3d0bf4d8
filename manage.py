"""Django's usual door: the same as the command `townline`."""

from townline.__main__ import main

main()
