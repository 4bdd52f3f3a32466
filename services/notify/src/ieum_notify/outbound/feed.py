"""The registry's change log, as this service reads it."""

from changefeed.cursor import Cursor
from changefeed.cursor import FeedForked as Forked
from changefeed.cursor import FeedGap as Gap
from changefeed.reader import FeedReader, FeedUnavailable
from ieum_notify.operations.ports import (
    Bookmark,
    FeedForked,
    FeedGap,
    FeedPage,
    RegistryAway,
)


class RegistryFeed:
    """Reads pages that strictly follow on a bookmark."""

    def __init__(self, reader: FeedReader) -> None:
        self._reader = reader

    def read(self, mark: Bookmark, wait_s: int) -> FeedPage:
        """Give what follows, without what was applied before; raises as the port says."""
        cursor = Cursor(mark.seq, mark.hash)
        try:
            page = self._reader.read(cursor, wait_s=wait_s)
            return FeedPage(cursor.unseen(page.items), page.head)
        except FeedUnavailable as error:
            raise RegistryAway(str(error)) from error
        except Gap as error:
            raise FeedGap(str(error)) from error
        except Forked as error:
            raise FeedForked(str(error)) from error
