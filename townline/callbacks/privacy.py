"""Which personal information stands in this part: none. Who is called and at which number stands in `customers`,
what was said in the contacts of `channels`.
"""

from typing import Any

PERSONAL: dict[Any, list[str]] = {}
