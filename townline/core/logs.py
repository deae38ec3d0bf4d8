"""Log lines without the parts of an address that open something."""

import logging
import re

OPENS = re.compile(r"/(track/l|invitation|ask)/[^/\s]+")


class WithoutKeys(logging.Filter):
    """Puts dots for what stands after `/track/l/`, `/invitation/` and `/ask/` in a line and in its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the line; let every line through."""
        said = record.getMessage()
        told = OPENS.sub(r"/\1/…", said)
        if told != said:
            record.msg, record.args = told, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = OPENS.sub(r"/\1/…", record.exc_text) if record.exc_text else None
        return True
