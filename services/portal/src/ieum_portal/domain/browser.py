"""What a browser calls itself, in the few words that its owner knows it by."""

BROWSERS = {
    "Whale": "Whale",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
"""By a word of its announcement, the more particular first: each claims to be those after it."""

SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser_in_short(announced: str) -> str | None:
    """Give browser and system, as `Firefox · Windows`; None if it names neither.

    Args:
        announced: The header User-Agent; anybody may write anything into it.
    """
    found = (
        next((name for word, name in names.items() if word in announced), None)
        for names in (BROWSERS, SYSTEMS)
    )
    return " · ".join(each for each in found if each) or None
