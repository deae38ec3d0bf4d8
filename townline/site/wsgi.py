"""The web process's way in."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "townline.site.settings")

django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Under an address that begins with https:// every request came so: the proxy before us ended the encryption.

    No header is believed for it, which anybody could send; a browser that came in the clear gets no cookie.
    """
    if settings.SECURE:
        environ["wsgi.url_scheme"] = "https"
    return django(environ, start_response)
