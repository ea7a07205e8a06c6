"""Years, decades, centuries and named periods in a sentence cut into pieces.

*Finds* "in 2016", "his 2004 death", "2014-15", "2016/17", "Q3 2016", "FY2019", "the 1990s", "the '90s", "the
sixties", "the 17th century", "347 AD", "the year 70", "in World War II", and years that stand alone beside what they date: "(1806)", "FIFA World Cup 2018".
*Leaves alone* four digits that count ("2000 people"), and three without "AD" beside them.
*Marks* each as a `Phrase`: where it starts and ends, what it means, and by which rule.
"""

from __future__ import annotations

from casualty_extract import numerals
from casualty_extract.times_figures import Figures, Phrase, full_year
from casualty_extract.times_meanings import Decade, Period, Year
from casualty_extract.times_relations import Portion, Range, Vague

__all__ = ["FUNCTION_WORDS", "OWNERS", "Years"]

YEAR_PREPOSITIONS = frozenset({
    "in", "during", "of", "since", "by", "until", "till", "from", "throughout", "through", "before",
    "after", "around", "circa", "late", "early", "mid", "between", "year",
})  # fmt: skip
"""The words that make the four digits after them a year."""

OWNERS = frozenset({
    "the", "a", "an", "his", "her", "its", "their", "our", "s",
})  # fmt: skip
FUNCTION_WORDS = frozenset({
    "in", "on", "at", "of", "by", "for", "from", "to", "with", "and", "or", "but", "when", "as", "is",
    "was", "were", "are", "has", "had", "have", "been", "the", "a", "an", "that", "which", "who",
    "after", "before", "while", "during", "until", "since", "through", "where", "alone", "it", "he",
    "she", "they", "we", "than", "about", "said", "says", "onward",
    "onwards",
    "because", "if", "so", "although", "though", "despite", "amid", "near", "inside", "outside", "without",
    "within", "among", "via", "against", "then", "also", "not", "will", "would", "could", "should", "can",
    "must", "did", "does", "unless", "once", "between", "following",
})  # fmt: skip
BACK = frozenset({"to", "than", "with"})
BACK_TO = frozenset(
    "back dates dating dated date compared prior earlier later leading forward returning".split()
)
"""The words that with "to", "than" and "with" lead to a year: "dates to 1936", "no later than 2014"."""
AHEAD = frozenset({"for", "into", "past", "post", "pre"})
"""The words that lead to a year which lies ahead, or is no count: "set for 2030"."""
ORDER = ("first", "second", "third", "fourth")
PARTS_OF_YEAR = {"q": "quarter", "h": "half"}
LATEST = 2060
"""The last year that four figures without more are taken for."""
NO_YEAR = frozenset(
    """no number nos about some over nearly almost than least most only exactly # room flight resolution route
    highway unit chapter model bus train section law act bill decree page box suite channel""".split()
)
"""Words after which four digits count or number something."""
ENDS = frozenset({")", "]", ",", ";", ".", ":", "-", "--", '"', "”", "'"})
SHORT = frozenset({"b", "d", "c", "m", "ca", "div", "r", "fl"})
"""Short forms before the year of a birth, death, marriage or reign."""


class Years(Figures):
    """Reads the years and longer periods of one sentence; methods take a place and give a `Phrase` or None."""

    def years(self, i: int) -> Phrase | None:
        """Read "2016" after a preposition or owner, "2014-15", "2016/17", "the 1990s" and "the '90s"."""
        low = self.low(i)
        apostrophe = self.low(i + 1) == "'" and self.glued(i + 1)
        s = i + 1 + apostrophe
        if self.low(s) == "s" and self.glued(s) and low.isdigit() and low.endswith("0"):
            if len(low) == 4 and 1000 <= int(low) <= 2090 and not (apostrophe and not self.is_decade(i)):
                century = low.endswith("00") and low != "2000"
                return Phrase(i, s + 1, Decade(int(low), 100 if century else 10), "decade")
            if apostrophe:
                low = ""
            if (
                len(low) == 2
                and low != "00"
                # "In her early 40s" is an age.
                and not {self.low(i - 1), self.low(i - 2), self.low(i - 3)}
                & {"his", "her", "their", "my", "its"}
                and (
                    self.low(i - 1) == "'"
                    or self.low(i - 1) in {"the", "early", "mid", "late", "-"}
                    or (self.low(i - 1) == "and" and self.low(i - 2) == "s")
                )
                and not self.low(i + 2).startswith("°")
            ):
                start = i - 1 if self.low(i - 1) == "'" else i
                return Phrase(start, i + 2, Decade(1900 + int(low)), "decade")
            if not apostrophe:
                return None
        season = self.slashed(i) or self.old_year(i)
        if season is not None:
            return season
        year = self.year(i)
        if year is None:
            return None
        led = self.is_year(i, year)
        if not led and not self.is_bare_year(i, year):
            return None
        short = self.low(i + 2)
        if self.low(i + 1) == "-" and len(short) == 2 and short.isdigit() and int(short) > year % 100:
            # "2014-15", "1890 – 91", "(1892 – 94)".
            last = year - year % 100 + int(short)
            after = self.low(i + 3)
            joined = self.glued(i + 1) and self.glued(i + 2)
            if last == year + 1 or joined or not after.isalpha() or after in FUNCTION_WORDS:
                parts = ((i, i + 1, Year(year)), (i + 2, i + 3, Year(last)))
                return Phrase(i, i + 3, Range(Year(year), Year(last)), "range", parts)
        return Phrase(i, i + 1, Year(year), "year" if led else "bare_year")

    def is_decade(self, i: int) -> bool:
        """Tell whether "1930's" is the decade: "in the 1930's", but not "2010's floods"."""
        return self.low(i - 1) in {"the", "early", "mid", "late", "-", "and"}

    def slashed(self, i: int) -> Phrase | None:
        """Read "2016/17" and "2016/2017": a season or fiscal year over two years."""
        low, short = self.low(i), self.low(i + 2)
        if len(low) != 4 or not "1900" <= low <= "2099" or not low.isdigit() or self.low(i + 1) != "/":
            return None
        year = int(low)
        if self.glued(i) or self.low(i + 3) == "/" or not (self.glued(i + 1) and self.glued(i + 2)):
            return None
        if short not in {str(year + 1), f"{(year + 1) % 100:02}"}:
            return None
        parts = ((i, i + 1, Year(year)), (i + 2, i + 3, Year(year + 1)))
        return Phrase(i, i + 3, Range(Year(year), Year(year + 1)), "range", parts)

    def old_year(self, i: int) -> Phrase | None:
        """Read the years before 1000 in "the year 70", "c. 314", "c. 314 - 368", "30 September 420"."""
        low = self.low(i)
        if not (low.isascii() and low.isdigit() and 2 <= len(low) <= 3) or low[0] == "0":
            return None
        told = self.low(i - 1) == "year" and self.low(i - 2) == "the"
        about = (self.low(i - 1) == "." and self.low(i - 2) in {"c", "ca"}) or self.low(i - 1) == "circa"
        if not told and not (about and len(low) == 3):
            return None
        if self.low(i + 1).isalpha() and self.low(i + 1) not in FUNCTION_WORDS:
            return None
        until = self.number(i + 2, 999, 3) if self.low(i + 1) == "-" else None
        if until is not None and until > int(low) and self.month(i + 3) is None:
            first, last = Year(int(low)), Year(until)
            return Phrase(i, i + 3, Range(first, last), "range", ((i, i + 1, first), (i + 2, i + 3, last)))
        return Phrase(i, i + 1, Year(int(low)), "year")

    def quarter(self, i: int) -> Phrase | None:
        """Read "Q3 2016", "3Q 2016", "H1 of 2018", "third-quarter 2016", "FY2019" and "fiscal 2019".

        Fiscal years begin in different months; they are given as the civil year of their number.
        """
        low = self.low(i)
        if low in {"fy", "fiscal", "financial"}:
            k = i + 1
            while self.low(k) in {"year", "'"}:
                k += 1
            if self.slashed(k) is not None:
                return None
            year = self.year(k)
            short = self.low(k)
            if year is None and low == "fy" and len(short) == 2 and short.isdigit():
                year = full_year(int(short))
            return None if year is None else Phrase(i, k + 1, Year(year), "year")
        unit, index, k = None, 0, i + 2
        if low in {"q", "h"} and self.named(i) and self.glued(i + 1):
            unit, index = PARTS_OF_YEAR[low], self.number(i + 1, 4, 1) or 0
        elif self.low(i + 1) in {"q", "h"} and self.named(i + 1) and self.glued(i + 1):
            unit, index = PARTS_OF_YEAR[self.low(i + 1)], self.number(i, 4, 1) or 0
        elif low in ORDER and self.low(i + 1) == "-" and self.low(i + 2) in {"quarter", "half"}:
            unit, index, k = self.low(i + 2), ORDER.index(low) + 1, i + 3
        if unit is None or not 1 <= index <= (4 if unit == "quarter" else 2):
            return None
        k += self.low(k) == "of"
        year = self.year(k) or self.short_year(k)
        if year is None:
            return None
        end = k + 1 + (self.low(k) == "'")
        return Phrase(i, end, Portion(Year(year), unit, index - 1), "portion")

    def named_decade(self, i: int) -> Phrase | None:
        """Read "the sixties", "the late eighties"."""
        row = self.words.decades.get(self.low(i))
        if row is None or self.low(i - 1) not in {"the", "early", "mid", "late", "-", "and"}:
            return None
        led = {self.low(i - 1), self.low(i - 2), self.low(i - 3), self.low(i - 4)}
        if "the" not in led or led & {"his", "her", "their", "temperatures", "highs", "lows"}:
            # "In his late sixties" is an age.
            return None
        return Phrase(i, i + 1, Decade(row.start), "decade")

    def is_year(self, i: int, year: int) -> bool:
        """Tell whether four digits are a year: after a preposition, an owner, or alone in brackets."""
        before, after = self.low(i - 1), self.low(i + 1)
        modern = 1900 <= year <= LATEST
        until = (self.year(i + 2) or 0) if after in {"to", "-"} else 0
        if modern and year < until <= LATEST and not self.counts(i + 3):
            return True
        led = self.low(i + 3) in ENDS or before in OWNERS
        if 1500 <= year < until <= LATEST and until - year <= 150 and led:
            # "(reigned 1715 - 1774)".
            return True
        noun = after.isalpha() and not self.named(i + 1) and after not in FUNCTION_WORDS
        if (
            self.counts(i + 1)
            or after in self.words.units
            or (after == "-" and self.glued(i + 1) and self.low(i + 2).isalpha())
        ):
            return False
        if before in YEAR_PREPOSITIONS or (
            before == "-" and self.low(i - 2) in {"mid", "early", "late", "post", "pre"}
        ):
            if before in {"of", "by", "from", "around", "after", "through"} and noun and after.endswith("s"):
                return False
            return modern or not noun or (before == "in" and not after.endswith("s"))
        short = self.low(i + 2) if after == "-" and self.glued(i + 1) and self.glued(i + 2) else ""
        if before in OWNERS and len(short) == 2 and short.isdigit() and int(short) > year % 100:
            # "The 1976-83 dictatorship".
            return year >= 1500
        if before in {"that", "this"} and noun and modern and not after.endswith("s"):
            return True
        if before == "the" and noun and 1700 <= year < 1900 and year % 50 and not after.endswith(("s", "ed")):
            # "The 1892 parliamentary election".
            return True
        rows = after in {"and", "or", ","} and (self.year(i + 2) or 0) > year
        if before in OWNERS:
            return modern and (noun or self.named(i + 1) or rows)
        if before == "(" and after == ")":
            return modern
        if (before == "both" and rows) or (before in BACK and self.low(i - 2) in BACK_TO and not noun):
            return True
        if before in AHEAD and 2001 <= year <= 2050:
            # "Planned for 2030", but not "paid for 2010 tents".
            return not noun
        if modern and self.is_described(i, after) and (noun or self.named(i + 1)):
            return True
        # "in 2015 and 2016", "in 2012, 2014, and 2015": years in a row.
        row = self.year(i - 2) is not None or (self.low(i - 2) == "," and self.year(i - 3) is not None)
        return before in {"and", ",", "or", "to", "-"} and modern and row

    def is_described(self, i: int, noun: str) -> bool:
        """Tell whether an adjective before a year and a single noun after it make it that noun's year.

        "The failed 2016 coup", "her disputed 2017 election", but not "killed 2016 men" or "some 2017 tents".
        """
        before = self.low(i - 1)
        if not before.isalpha() or before in FUNCTION_WORDS or before in NO_YEAR or self.named(i - 1):
            return False
        if noun.endswith("s") or self.counts(i + 1):
            return False
        # An article or owner opens the phrase.
        return any(self.low(k) in OWNERS | {"this", "that"} for k in (i - 2, i - 3))

    def is_bare_year(self, i: int, year: int) -> bool:
        """Tell whether four digits without a preposition are a year: "(1806)", ", 1859.", "World Cup 2018"."""
        before, after = self.low(i - 1), self.low(i + 1)
        if self.counts(i + 1) or after in self.words.units or after in {"%", "/"} or before in NO_YEAR:
            return False
        if self.glued(i) and before not in {"(", "-", "[", "/"}:
            return False
        if after == "-" and self.glued(i + 1) and self.low(i + 2).isalpha():
            return False
        modern = 1900 <= year <= LATEST
        closed = after in ENDS or not after
        if before in {"(", "["} or (before in {",", ";", ".", "-"} and after in {")", "]"}):
            return closed or after in {"-", "to", "and"} or not after.isalpha()
        if before in {"and", "or", "to", "-", ",", "/"} and self.year(i - 2) is not None:
            return (closed and year <= LATEST) or after in FUNCTION_WORDS
        if before in {"as", "circa", "ca", "c", "file"} or (
            before == "." and self.low(i - 2) in SHORT and not self.named(i - 2)
        ):
            return True
        if not before:
            # A heading.
            return modern and (not after or self.named(i + 1))
        if before == "," and (self.named(i - 2) or self.low(i - 2) == "file"):
            return closed and year >= 1500
        # "The London 2012 Olympics", "Claim to Fame 1999".
        return (
            modern
            and self.named(i - 1)
            and (closed or self.named(i + 1) or (year % 100 > 0 and after in {"in", "at"}))
        )

    def era(self, i: int) -> Phrase | None:
        """Read "347 AD", "AD 842", "508 BC": years before the calendar's first have no dates."""
        k = i + 1 if self.low(i) in {"ad", "ce"} and self.named(i) else i
        low = self.low(k)
        if not (low.isascii() and low.isdigit() and len(low) <= 4 and int(low) > 0):
            return None
        if k > i:
            return Phrase(i, k + 1, Year(int(low)), "era") if len(low) >= 2 else None
        mark = self.low(k + 1)
        if not self.named(k + 1):
            return None
        if mark in {"ad", "ce"}:
            return Phrase(i, k + 2, Year(int(low)), "era")
        return Phrase(i, k + 2, Vague(), "era") if mark in {"bc", "bce"} else None

    def century(self, i: int) -> Phrase | None:
        """Read "17th century", "twentieth century"."""
        number, k = self.number(i, 21), i + 2
        if number is None or self.low(i + 1) not in {"st", "nd", "rd", "th"}:
            found = numerals.ordinal([self.low(n) for n in range(i, i + 3)])
            if found is None or found.digits or not 1 <= found.value <= 21:
                return None
            number, k = found.value, i + found.words
        k += self.low(k) == "-"
        if self.low(k) not in {"century", "centuries"}:
            return None
        before = self.low(k + 1) in {"bc", "bce"}
        meaning = Vague() if before else Decade(max((number - 1) * 100, 1), 100)
        return Phrase(i, k + 1 + before, meaning, "century")

    def named_period(self, i: int) -> Phrase | None:
        """Read "World War II", "the Korean War"."""
        for key, row in self.words.periods.get(self.low(i), ()):
            if self.named(i) and all(self.low(i + k) == piece for k, piece in enumerate(key)):
                return Phrase(i, i + len(key), Period(row.earliest, row.latest), "named_period")
        return None
