"""What was sent waits in the page while the registry is away, where no draft keeps it."""

from flask import Response, make_response, render_template, request


def unanswered(back: str) -> Response:
    """Give a page that holds what was sent, to be sent again as it is; a file is chosen anew.

    Args:
        back: The address of what the form is about.
    """
    sent = [each for each in request.form.items(multi=True) if each[0] != "csrf_token"]
    had_file = any(each.filename for each in request.files.values())
    page = render_template("errors/unanswered.html", back=back, sent=sent, had_file=had_file)
    return make_response(page, 503, {"Retry-After": "5"})
