"""The register of a contract, filled entry by entry for all read models that are made from it."""

from uuid import UUID

from projections.projection import Placed
from slm_domain.known_items import KnownItems
from slm_domain.posting import POSTED, Posting
from slm_domain.register import Register
from slm_domain.touched import Touched


class Books:
    """What the entries so far say: the register, and the items of it that somebody has asked for."""

    def __init__(self, posting: Posting | None = None) -> None:
        self.posting = Posting() if posting is None else posting
        self.items = KnownItems(self.posting.register)

    @property
    def register(self) -> Register:
        """All facts together."""
        return self.posting.register


class RegisterFold:
    """The shared fold."""

    handles = POSTED

    def begin(self, _journal_id: UUID) -> Books:
        """Nothing is agreed, nothing has happened."""
        return Books()

    def fold(self, books: Books, entry: Placed) -> Touched | None:
        """Post the entry, and tell what it changed."""
        touched = books.posting.post(entry.originator_id, entry.position, entry.event)
        if touched is not None:
            books.items.forget(touched)
        return touched


REGISTER = RegisterFold()
