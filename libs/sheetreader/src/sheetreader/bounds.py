"""How much is read: the one list."""

LARGEST_BYTES = 32 * 2**20
"""Of a file as it is sent."""

UNPACKED_BYTES = 256 * 2**20
"""Of all parts of an xlsx together."""

PART_BYTES = 192 * 2**20
"""Of one part of an xlsx, as a sheet or its texts."""

RATIO = 250
"""How many times larger than packed a part above a megabyte may be: sheets reach 20 to 60."""

SHEETS = 100
"""Sheets of a file."""

COLUMNS = 200
"""Columns of a sheet that hold anything."""

LINES = 100_000
"""Lines of a sheet that hold anything."""

CELLS = 4_000_000
"""Cells of a sheet, from the first to the last that holds anything."""

CELL = 32_767
"""Letters of a cell, as Excel has it."""

MERGES = 50_000
"""Merged ranges of a sheet."""
