"""Who answers for the portal in the house."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """The department whom readers call; every part may be empty.

    Attributes:
        name: In Korean; `name_en` in English.
        telephone: As it is written: digits, hyphens, an extension.
    """

    name: str = ""
    name_en: str = ""
    telephone: str = ""

    def called(self, language: str) -> str:
        """Give its name in a language, or in the other one."""
        korean, english = self.name, self.name_en
        return (english or korean) if language == "en" else (korean or english)


NOBODY = Office()
"""Nothing is told of it."""
