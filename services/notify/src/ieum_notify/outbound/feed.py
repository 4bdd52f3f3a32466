"""The registry's change log, as this service reads it."""

from changefeed.cursor import Cursor
from changefeed.cursor import FeedForked as Forked
from changefeed.cursor import FeedGap as Gap
from changefeed.log_id import OtherLog as Other
from changefeed.reader import FeedReader, FeedUnavailable
from ieum_notify.operations.ports import (
    Bookmark,
    FeedForked,
    FeedGap,
    FeedPage,
    OtherLog,
    RegistryAway,
)


class RegistryFeed:
    """Reads pages that strictly follow on a bookmark."""

    def __init__(self, reader: FeedReader) -> None:
        self._reader = reader

    def read(self, mark: Bookmark, wait_s: int) -> FeedPage:
        """Give what follows, without what was applied before; raises as the port says."""
        cursor = Cursor(mark.seq, mark.hash, mark.genesis)
        try:
            page = self._reader.read(cursor, wait_s=wait_s)
            within = cursor.within(page.log)
            return FeedPage(within.unseen(page.items), page.head, within.genesis)
        except FeedUnavailable as error:
            raise RegistryAway(str(error)) from error
        except Gap as error:
            raise FeedGap(str(error)) from error
        except Other as error:
            raise OtherLog(str(error)) from error
        except Forked as error:
            raise FeedForked(str(error)) from error
