"""Pages that show another page of the portal in a frame."""

from typing import Any

from csp.decorators import csp_update

with_frame: Any = csp_update({"frame-src": ["'self'"]})
