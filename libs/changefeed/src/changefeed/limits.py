"""How much a field may hold: the one list, for files, bodies and forms alike.

A limit is raised, never lowered. What is on record stays as it is and may be changed in every
other field, whatever the limit was when it was written. Source: docs/rules/terms.md, T-28.
"""

LINE = 200
"""Characters of text on one line: a name, a title, a place, a number."""

AGREEMENT_TITLE = 500
"""Characters of an agreement's title: one in nine titles of treaties is longer than a line."""

PASSAGE = 4000
"""Characters of text that may run over several lines."""

LINK = 2000
"""Characters of a web address."""

PHONE = 40
"""Characters of a telephone number."""

ALIASES = 200
"""Other names of a partner or a technology."""

MERGED = 1000
"""Partners that are one organisation with another, and that are not."""

PARTIES = 1000
"""Parties of an agreement."""

TERM_MONTHS = 1200
"""Months of an agreement's term: a hundred years."""

NOTICE_DAYS = 3660
"""Days of notice before an agreement's last day: ten years."""

NOTICE_MONTHS = 120
"""Months of notice before an agreement's last day: ten years."""

PREPARE_DAYS = 366
"""Days that the office wants for itself before it must act."""

AMENDMENTS = 200
"""Times that an agreement is amended."""

RENEWALS = 1200
"""Times that an agreement's term is renewed: monthly for a hundred years."""

AGREEMENT_FIELDS = 100
"""Service fields of an agreement."""

PARTIES_AT_DESK = 500
"""Parties of an agreement that one form takes; files and bodies take `PARTIES`."""

EVENT_PARTNERS = 1000
"""Partners who take part in an event."""

RESOLVED = PARTIES
"""Subjects, or seats, asked about before letters are sent: all sides of one agreement at once."""

EVENT_TASKS = 1000
"""Tasks that an event is about."""

DEADLINES = 20
"""Deadlines of an event; there is one of a kind."""

TECHNOLOGIES = 1000
"""Technologies that a commitment uses."""

EVIDENCE = 1000
"""Proofs of a commitment or a milestone."""

REPORTS = 1000
"""Figures that reports say of one promise."""

REVISIONS = 100
"""How often one promise is revised."""

HOLDERS = 1000
"""Who holds a seat or held it."""

TOGETHER = 50
"""Subjects that are registered together by hand, all or none."""

ANSWERED = 200
"""Records that a liaison confirms at once."""

PROPOSED = 40
"""Fields of one record that a correction changes."""

SOURCES = 1000
"""Publications that a record of a file comes from."""

HANDED_OVER = 500
"""Records that change hands in one handover."""

TOLD = 200
"""Lines of an imported sheet that its receipt names one by one."""

POSITION = 10_000
"""The place of a strategy, task or field among its like."""

ENTRIES = 1000
"""Entries of a list for which nothing else is said."""

NUMBER = 2**53 - 1
"""The largest number that the log holds."""
