"""The Content-Security-Policy header, written out once: django-csp would build the same words for each answer."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse


class SamePolicyMiddleware(CSPMiddleware):
    """As django-csp's, which still answers where a view changed its policy or a template asked for a nonce."""

    words = ""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        own = (
            HEADER in response
            or hasattr(request, "_csp_nonce")
            or any(name.startswith("_csp") for name in vars(response))
        )
        if own or not self.words:
            response = super().process_response(request, response)
            self.words = self.words or ("" if own else response.get(HEADER, ""))
            return response
        response.headers[HEADER] = self.words
        return response
