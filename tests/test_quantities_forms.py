"""Every form in which news writes a figure, with its bounds: brackets mark the figure."""

from __future__ import annotations

import pytest

from casualty_extract import extract, lexicon
from casualty_extract.quantities import find
from conftest import make_doc

EXACT = [
    # digits
    ("The blast killed [7] people.", "numeral", 7),
    ("The blast killed [07] people.", "numeral", 7),
    ("The flood killed [1169] people.", "numeral", 1169),
    ("The flood killed [1,169] people.", "numeral", 1169),
    ("The flood killed [1 169] people.", "numeral", 1169),
    ("The flood killed [1\u00a0169] people.", "numeral", 1169),
    ("The flood killed [1\u2009169] people.", "numeral", 1169),
    ("The flood killed [1\u202f169] people.", "numeral", 1169),
    ("The flood killed [1’169] people.", "numeral", 1169),
    ("The war killed [24,160] people.", "numeral", 24160),
    ("The war killed [240 160] people.", "numeral", 240160),
    ("The war displaced [1,169,000] people.", "numeral", 1169000),
    ("The war displaced [1 169 000] people.", "numeral", 1169000),
    ("The flood displaced [1,20,000] people.", "numeral", 120000),
    ("The flood displaced [12,34,567] people.", "numeral", 1234567),
    ("The flood displaced [1,20,00,000] people.", "numeral", 12000000),
    ("The flood displaced [3 lakh] people.", "numeral", 300000),
    ("The flood displaced [3.5 lakh] people.", "numeral", 350000),
    ("The flood displaced [2 crore] people.", "numeral", 20000000),
    ("The flood displaced [1.2 crore] people.", "numeral", 12000000),
    ("The flood displaced [1.2 million] people.", "numeral", 1200000),
    ("The flood displaced [1.25 million] people.", "numeral", 1250000),
    ("The flood displaced [3 million] people.", "numeral", 3000000),
    ("The flood displaced [20 thousand] people.", "numeral", 20000),
    ("The flood displaced [3k] people.", "numeral", 3000),
    ("The flood displaced [3K] people.", "numeral", 3000),
    ("The flood displaced [1.5m] people.", "numeral", 1500000),
    ("The flood displaced [1.5M] people.", "numeral", 1500000),
    ("The flood displaced [1.5 mln] people.", "numeral", 1500000),
    ("The flood displaced [2mn] people.", "numeral", 2000000),
    ("The virus infected [1.1bn] people.", "numeral", 1100000000),
    ("The virus infected [1.1 billion] people.", "numeral", 1100000000),
    ("The blast killed [05] people.", "numeral", 5),
    ("The blast killed [3 dozen] people.", "numeral", 36),
    ("The blast killed [two-dozen] people.", "word", 24),
    ("The blast killed [3 hundred] people.", "numeral", 300),
    ("The floods have displaced [1.2-million] people.", "numeral", 1200000),
    # letters
    ("The blast killed [seven] people.", "word", 7),
    ("[Nineteen] people were killed.", "word", 19),
    ("The blast killed [twenty-seven] people.", "word", 27),
    ("The blast killed [twenty seven] people.", "word", 27),
    ("The blast killed [ninety‑nine] people.", "word", 99),
    ("The blast killed [one hundred] people.", "word", 100),
    ("The blast killed [a hundred] people.", "word", 100),
    ("The blast killed [a hundred and one] people.", "word", 101),
    ("The blast killed [two hundred and six] people.", "word", 206),
    ("The blast killed [two hundred six] people.", "word", 206),
    ("The blast killed [eleven hundred] people.", "word", 1100),
    ("The flood killed [a thousand] people.", "word", 1000),
    ("The flood killed [four thousand three hundred] people.", "word", 4300),
    ("The flood killed [twelve thousand and forty] people.", "word", 12040),
    ("The flood displaced [two hundred thousand] people.", "word", 200000),
    ("The flood displaced [a million] people.", "word", 1000000),
    ("The flood displaced [one million] people.", "word", 1000000),
    ("The flood displaced [one and a half million] people.", "word", 1500000),
    ("The flood displaced [a million and a half] people.", "word", 1500000),
    ("The flood displaced [three million two hundred thousand] people.", "word", 3200000),
    ("The virus infected [one billion] people.", "word", 1000000000),
    ("The virus infected [two trillion] people.", "word", 2000000000000),
    ("The flood displaced [one lakh] people.", "word", 100000),
    ("The flood displaced [two lakh fifty thousand] people.", "word", 250000),
    # fractions of scales
    ("The flood displaced [half a million] people.", "word", 500000),
    ("The flood displaced [a half million] people.", "word", 500000),
    ("The flood displaced [half-a-million] people.", "word", 500000),
    ("The flood displaced [half million] people.", "word", 500000),
    ("The flood displaced [a quarter of a million] people.", "word", 250000),
    ("The flood displaced [a quarter million] people.", "word", 250000),
    ("The flood displaced [three quarters of a million] people.", "word", 750000),
    ("The flood displaced [three-quarters of a million] people.", "word", 750000),
    ("The flood displaced [a third of a million] people.", "word", 333333),
    ("The virus infected [half a billion] people.", "word", 500000000),
    # dozens and scores
    ("The blast killed [a dozen] people.", "word", 12),
    ("The blast killed [one dozen] people.", "word", 12),
    ("The blast killed [two dozen] people.", "word", 24),
    ("The blast killed [three dozen] people.", "word", 36),
    ("The blast killed [half a dozen] people.", "word", 6),
    ("The blast killed [a half-dozen] people.", "word", 6),
    ("The blast killed [half-a-dozen] people.", "word", 6),
    ("The blast killed [a half dozen] people.", "word", 6),
    ("The blast killed [a dozen and a half] people.", "word", 18),
    ("The blast killed [one and a half dozen] people.", "word", 18),
    ("The blast killed [a score] of people.", "word", 20),
    ("The blast killed [two score] people.", "word", 40),
    ("The blast killed [three score] villagers.", "word", 60),
    ("The blast killed [fourscore] villagers.", "word", 80),
    # pairs and groups
    ("[Both] were killed.", "word", 2),
    ("[Both] soldiers were killed.", "word", 2),
    ("[Both] of them were killed.", "word", 2),
    ("The blast killed [a couple] of people.", "word", 2),
    ("The blast hurt [a couple dozen] people.", "word", 24),
    ("A family of [five] was killed.", "word", 5),
    ("Gunmen killed a family of [five].", "word", 5),
    ("A group of [nine] hikers is missing.", "word", 9),
    ("All [five] were killed.", "word", 5),
    ("All [16] on board died.", "numeral", 16),
    ("The [two] were shot dead.", "word", 2),
    ("[Three] of the five were killed.", "word", 3),
    ("The blast killed [two] each in Arda and Belo.", "word", 2),
    ("[One] each died in Arda and Belo.", "word", 1),
    ("The blast killed [12] people and wounded as many.", "numeral", 12),
    ("Gunmen shot [two] (2) men dead.", "word", 2),
    ("The toll was [30].", "numeral", 30),
    ("Death toll: [43]", "numeral", 43),
    ("Dead: [43]. Injured: 12.", "numeral", 43),
    ("The number of dead is [43].", "numeral", 43),
    ("The blast left [25] people dead and 40 injured.", "numeral", 25),
    ("The blast left 25 people dead and [40] injured.", "numeral", 40),
    ("[25] dead, dozens injured in blast", "numeral", 25),
    ("[Twenty-five] dead, 40 hurt in blast", "word", 25),
    ("The blast killed [25], among them six boys.", "numeral", 25),
    ("The blast killed 25, [six] of them boys.", "word", 6),
    ("The blast killed 25, including [six] boys.", "word", 6),
    ("The second blast killed [nine].", "word", 9),
    ("[All but one of the sixteen] miners died.", "word", 15),
    ("[All but one of the 16] miners died.", "word", 15),
    ("[All but two of the 12] guards were killed.", "word", 10),
    ("The blast killed 12 people and wounded [as many].", "word", 12),
    ("The blast killed 12 people and wounded [as many] others.", "word", 12),
    ("The blast killed two dozen people and wounded [as many].", "word", 24),
    ("Every one of the [12] passengers died.", "numeral", 12),
    ("Each of the [five] men was shot dead.", "word", 5),
]

BOUNDED = [
    # closed below
    ("The blast killed at least [30] people.", "at_least", 30, None, 30),
    ("The blast killed at the very least [30] people.", "at_least", 30, None, 30),
    ("The blast killed at the least [30] people.", "at_least", 30, None, 30),
    ("The blast killed [30] people at least.", "at_least", 30, None, 30),
    ("The blast killed [30] at the very least.", "at_least", 30, None, 30),
    ("The blast killed, at a minimum, [30] people.", "at_least", 30, None, 30),
    ("The blast killed a minimum of [30] people.", "at_least", 30, None, 30),
    ("The blast killed not less than [30] people.", "at_least", 30, None, 30),
    ("The blast killed not fewer than [30] people.", "at_least", 30, None, 30),
    ("The blast killed no less than [30] people.", "at_least", 30, None, 30),
    ("The blast killed no fewer than [30] people.", "at_least", 30, None, 30),
    ("The blast killed [30] or more people.", "at_least", 30, None, 30),
    ("The blast killed [30] people or more.", "at_least", 30, None, 30),
    ("The blast killed [30] or more.", "at_least", 30, None, 30),
    ("The blast killed upwards of [30] people.", "at_least", 30, None, 30),
    ("The blast killed upward of [30] people.", "at_least", 30, None, 30),
    ("The blast killed [30] people and counting.", "at_least", 30, None, 30),
    ("The blast killed at least [two dozen] people.", "at_least", 24, None, 24),
    ("The blast killed [30] people, if not more.", "at_least", 30, None, 30),
    ("The blast killed [30], possibly more.", "at_least", 30, None, 30),
    ("The toll is [30] and rising.", "at_least", 30, None, 30),
    # open below
    ("The blast killed more than [100] people.", "more_than", 101, None, 101),
    ("The blast killed over [100] people.", "more_than", 101, None, 101),
    ("The blast killed well over [100] people.", "more_than", 101, None, 101),
    ("The blast killed well more than [100] people.", "more_than", 101, None, 101),
    ("The blast killed far more than [100] people.", "more_than", 101, None, 101),
    ("The blast killed just over [100] people.", "more_than", 101, None, 101),
    ("The blast killed a little more than [100] people.", "more_than", 101, None, 101),
    ("The blast killed slightly over [100] people.", "more_than", 101, None, 101),
    ("The blast killed north of [50] people.", "more_than", 51, None, 51),
    ("The blast killed in excess of [50] people.", "more_than", 51, None, 51),
    ("The blast killed [100]-plus people.", "more_than", 101, None, 101),
    ("The blast killed [100] plus people.", "more_than", 101, None, 101),
    ("The blast killed [100]+ people.", "more_than", 101, None, 101),
    ("The toll exceeds [100].", "more_than", 101, None, 101),
    ("The toll has surpassed [100].", "more_than", 101, None, 101),
    ("The toll topped [100].", "more_than", 101, None, 101),
    ("The toll has passed [100].", "more_than", 101, None, 101),
    ("The toll went past [100].", "more_than", 101, None, 101),
    ("The toll is above [100].", "more_than", 101, None, 101),
    ("The blast killed greater than [100] people.", "more_than", 101, None, 101),
    ("The blast killed more than [two dozen] people.", "more_than", 25, None, 25),
    ("The flood displaced more than [a million] people.", "more_than", 1000001, None, 1000001),
    ("The flood displaced more than [1.2 million] people.", "more_than", 1200001, None, 1200001),
    ("The flood displaced >[100] people.", "more_than", 101, None, 101),
    # closed above
    ("The blast killed up to [30] people.", "at_most", None, 30, 30),
    ("The blast killed as many as [30] people.", "at_most", None, 30, 30),
    ("The blast killed no more than [30] people.", "at_most", None, 30, 30),
    ("The blast killed not more than [30] people.", "at_most", None, 30, 30),
    ("The blast killed a maximum of [30] people.", "at_most", None, 30, 30),
    ("The blast killed at most [30] people.", "at_most", None, 30, 30),
    ("The blast killed at the most [30] people.", "at_most", None, 30, 30),
    ("The blast killed [30] people at most.", "at_most", None, 30, 30),
    ("The blast killed [30] at the most.", "at_most", None, 30, 30),
    ("The blast killed [30] or fewer people.", "at_most", None, 30, 30),
    ("The blast killed [30] people or fewer.", "at_most", None, 30, 30),
    ("The blast killed [30] people or less.", "at_most", None, 30, 30),
    ("The blast killed anything up to [30] people.", "at_most", None, 30, 30),
    ("The toll may be as high as [30].", "at_most", None, 30, 30),
    # open above
    ("The blast killed fewer than [30] people.", "less_than", None, 29, 29),
    ("The blast killed less than [30] people.", "less_than", None, 29, 29),
    ("The blast killed under [30] people.", "less_than", None, 29, 29),
    ("The blast killed just under [30] people.", "less_than", None, 29, 29),
    ("The blast killed well under [30] people.", "less_than", None, 29, 29),
    ("The blast killed below [30] people.", "less_than", None, 29, 29),
    ("The blast killed fewer than [one] person.", "less_than", None, 0, 0),
    # hedges
    ("The blast killed about [30] people.", "approximately", 30, 30, 30),
    ("The blast killed some [30] people.", "approximately", 30, 30, 30),
    ("The blast killed around [30] people.", "approximately", 30, 30, 30),
    ("The blast killed roughly [30] people.", "approximately", 30, 30, 30),
    ("The blast killed approximately [30] people.", "approximately", 30, 30, 30),
    ("The blast killed approx. [30] people.", "approximately", 30, 30, 30),
    ("The blast killed nearly [30] people.", "approximately", 30, 30, 30),
    ("The blast killed almost [30] people.", "approximately", 30, 30, 30),
    ("The blast killed close to [30] people.", "approximately", 30, 30, 30),
    ("The blast killed an estimated [30] people.", "approximately", 30, 30, 30),
    ("The blast killed perhaps [30] people.", "approximately", 30, 30, 30),
    ("The blast killed maybe [30] people.", "approximately", 30, 30, 30),
    ("The blast killed something like [30] people.", "approximately", 30, 30, 30),
    ("The blast killed in the region of [30] people.", "approximately", 30, 30, 30),
    ("The blast killed somewhere around [30] people.", "approximately", 30, 30, 30),
    ("The blast killed in the vicinity of [30] people.", "approximately", 30, 30, 30),
    ("The blast killed on the order of [30] people.", "approximately", 30, 30, 30),
    ("The blast killed [30]-odd people.", "approximately", 30, 30, 30),
    ("The blast killed [30] odd people.", "approximately", 30, 30, 30),
    ("The blast killed [30] or so people.", "approximately", 30, 30, 30),
    ("The blast killed [30] people or so.", "approximately", 30, 30, 30),
    ("The blast killed [30]-ish people.", "approximately", 30, 30, 30),
    ("The blast killed [30] people or thereabouts.", "approximately", 30, 30, 30),
    ("The blast killed [30] people, more or less.", "approximately", 30, 30, 30),
    ("The blast killed ~[30] people.", "approximately", 30, 30, 30),
    ("The blast killed ≈[30] people.", "approximately", 30, 30, 30),
    ("The blast killed ≥[30] people.", "at_least", 30, None, 30),
    ("The blast killed ≤[30] people.", "at_most", None, 30, 30),
    ("The blast killed c. [30] people.", "approximately", 30, 30, 30),
    ("The blast killed nigh on [30] people.", "approximately", 30, 30, 30),
    ("The blast killed not quite [30] people.", "approximately", 30, 30, 30),
    ("The blast killed about [half a million] people.", "approximately", 500000, 500000, 500000),
    # no qualifier
    ("The blast killed exactly [30] people.", "exact", 30, 30, 30),
    ("The blast killed a total of [30] people.", "exact", 30, 30, 30),
    ("The blast killed [30] people overall.", "exact", 30, 30, 30),
    ("A lorry ran over [12] people.", "exact", 12, 12, 12),
    ("The blast killed only [two] people.", "exact", 2, 2, 2),
    ("The blast killed just [two] people.", "exact", 2, 2, 2),
]

RANGES = [
    ("The blast killed [20 to 30] people.", 20, 30, 25),
    ("The blast killed [20-30] people.", 20, 30, 25),
    ("The blast killed [20 - 30] people.", 20, 30, 25),
    ("The blast killed [20–30] people.", 20, 30, 25),
    ("The blast killed [20 – 30] people.", 20, 30, 25),
    ("The blast killed [20—30] people.", 20, 30, 25),
    ("The blast killed between [20 and 30] people.", 20, 30, 25),
    ("The blast killed anywhere between [20 and 30] people.", 20, 30, 25),
    ("The blast killed anywhere from [20 to 30] people.", 20, 30, 25),
    ("The blast killed somewhere between [20 and 30] people.", 20, 30, 25),
    ("The blast killed between about [20 and 30] people.", 20, 30, 25),
    ("The blast killed from [5 to 7] people.", 5, 7, 6),
    ("The blast killed [40 or 50] people.", 40, 50, 45),
    ("The blast killed [two or three] people.", 2, 3, 2),
    ("The blast killed [two to three] people.", 2, 3, 2),
    ("The blast killed [two-to-three] people.", 2, 3, 2),
    ("The blast killed [twelve-to-fifteen] people.", 12, 15, 13),
    ("The blast killed [five to seven] people.", 5, 7, 6),
    ("The blast killed [twenty to thirty] people.", 20, 30, 25),
    ("The blast killed between [twenty and thirty] people.", 20, 30, 25),
    ("The blast killed between [twenty-five and thirty-six] people.", 25, 36, 30),
    ("The blast killed [1,100-1,500] people.", 1100, 1500, 1300),
    ("The blast killed [1,100 to 1,500] people.", 1100, 1500, 1300),
    ("The blast killed between [1,100 and 1,500] people.", 1100, 1500, 1300),
    ("The flood displaced [10-15,000] people.", 10000, 15000, 12500),
    ("The flood displaced [10 to 15,000] people.", 10000, 15000, 12500),
    ("The flood displaced [10,000 to 15,000] people.", 10000, 15000, 12500),
    ("The flood displaced [two to three million] people.", 2000000, 3000000, 2500000),
    ("The flood displaced [2-3 million] people.", 2000000, 3000000, 2500000),
    ("The flood displaced [2 to 3 million] people.", 2000000, 3000000, 2500000),
    ("The flood displaced [1.5 to 2 million] people.", 1500000, 2000000, 1750000),
    ("The flood displaced between [1.5 million and 2 million] people.", 1500000, 2000000, 1750000),
    ("The flood displaced between [one and two million] people.", 1000000, 2000000, 1500000),
    ("The flood displaced [two to three lakh] people.", 200000, 300000, 250000),
    ("The blast killed [three to four dozen] people.", 36, 48, 42),
    ("The blast killed [two or three dozen] people.", 24, 36, 30),
    ("The blast killed between [a dozen and 20] people.", 12, 20, 16),
    ("The blast killed [a dozen to 15] people.", 12, 15, 13),
    ("The toll is put at [20 to 30].", 20, 30, 25),
    ("The toll is put at between [20 and 30].", 20, 30, 25),
    ("Estimates range from [20 to 30] dead.", 20, 30, 25),
    ("The blast killed [one or two] people.", 1, 2, 1),
    ("The blast killed [a hundred to two hundred] people.", 100, 200, 150),
    ("The blast killed [100 to 200] people.", 100, 200, 150),
    ("The blast killed [50 or 60] people.", 50, 60, 55),
    ("The blast killed some [20 to 30] people.", 20, 30, 25),
    ("The blast killed an estimated [20 to 30] people.", 20, 30, 25),
    ("The flood displaced [half a million to a million] people.", 500000, 1000000, 750000),
]

VAGUE = [
    ("The blast hurt [a few] people.", "exact", 3),
    ("The blast hurt [several] people.", "exact", 3),
    ("The blast hurt [a handful] of people.", "exact", 3),
    ("The blast hurt [dozens] of people.", "exact", 24),
    ("The blast hurt [scores] of people.", "exact", 40),
    ("The blast hurt [hundreds] of people.", "exact", 200),
    ("The blast hurt [many hundreds] of people.", "exact", 300),
    ("The blast hurt [several hundred] people.", "exact", 300),
    ("The blast hurt [a few hundred] people.", "exact", 300),
    ("The blast hurt [several dozen] people.", "exact", 36),
    ("The blast hurt [a few dozen] people.", "exact", 36),
    ("The blast hurt [many dozens] of people.", "exact", 36),
    ("The flood killed [thousands] of people.", "exact", 2000),
    ("The flood killed [several thousand] people.", "exact", 3000),
    ("The flood killed [a few thousand] people.", "exact", 3000),
    ("The flood killed [many thousands] of people.", "exact", 3000),
    ("The flood killed [several thousands] of people.", "exact", 3000),
    ("The flood displaced [tens of thousands] of people.", "exact", 20000),
    ("The flood displaced [hundreds of thousands] of people.", "exact", 200000),
    ("The flood displaced [several hundred thousand] people.", "exact", 300000),
    ("The flood displaced [millions] of people.", "exact", 2000000),
    ("The flood displaced [several million] people.", "exact", 3000000),
    ("The flood displaced [a few million] people.", "exact", 3000000),
    ("The flood displaced [lakhs] of people.", "exact", 200000),
    ("The flood displaced [tens of millions] of people.", "exact", 20000000),
    ("The blast hurt [many] people.", "exact", None),
    ("The blast hurt [numerous] people.", "exact", None),
    ("The blast killed [countless] people.", "exact", None),
    ("The blast hurt [a number of] people.", "exact", None),
    ("The blast hurt [a high number] of people.", "exact", None),
    ("The blast hurt [a large number] of people.", "exact", None),
    ("The blast hurt [an unknown number] of people.", "exact", None),
    ("The blast killed [an unspecified number] of people.", "exact", None),
    ("The blast hurt [large numbers] of people.", "exact", None),
    ("[Dozens] injured in blast", "exact", 24),
    ("25 people dead and [dozens] injured", "exact", 24),
    ("25 people dead, [scores] missing", "exact", 40),
    ("[Hundreds] feared dead in flood", "exact", 200),
    ("The blast killed 25 and wounded [dozens].", "exact", 24),
    ("The blast killed 25 and wounded [several] others.", "exact", 3),
    ("The blast killed 25 and hurt [many] more.", "exact", None),
    ("The blast killed at least [several dozen] people.", "at_least", 36),
    ("The blast killed at least [dozens] of people.", "at_least", 24),
    ("The blast hurt literally [dozens] of people.", "exact", 24),
    ("The blast hurt quite [a few] people.", "exact", 3),
    ("The blast hurt [a lot] of people.", "exact", None),
]

NOBODY = [
    "[No] casualties were reported.",
    "[No one] was hurt.",
    "[No-one] was hurt.",
    "[Nobody] was hurt.",
    "[None] of them died.",
    "[None] were killed.",
    "[Not a single] villager was hurt.",
    "[Not one] villager was hurt.",
    "[Not one] of the men was hurt.",
    "[Not one] of the 12 was hurt.",
    "[Not a soul] was hurt.",
    "[Neither] of them was hurt.",
    "[Neither] driver was hurt.",
    "The ship sank [without] loss of life.",
    "The ship sank [without] any casualties.",
    "[Zero] deaths were recorded.",
    "There were [zero] deaths.",
    "[0] deaths were recorded.",
    "[No] civilians were harmed.",
    "[No] other injuries were reported.",
    "[Neither] man was hurt.",
    "[Neither] of the men was hurt.",
    "There were [no] deaths or injuries.",
    "There was [no] loss of life.",
    "It did [not] cause any casualties.",
]

ONE = [
    ("[A] policeman was killed.", 1),
    ("[An] unidentified man was killed.", 1),
    ("[Another] civilian was killed.", 1),
    ("[The driver] was killed.", 1),
    ("[His] wife was killed.", 1),
    ("[One] soldier was killed.", 1),
    ("A blast killed [a] 12-year-old boy.", 1),
    ("[A] 30-year-old was killed.", 1),
    ("[Man] killed in crash", 1),
    ("[Policeman] shot dead in Arda", 1),
    ("[A] second soldier died.", 1),
    ("At least [one] person was killed.", 1),
    ("[A] lone soldier was killed.", 1),
    ("[A] pregnant woman was killed.", 1),
    ("[An] elderly villager was killed.", 1),
]

ORDINALS = [
    ("He was the [28th] victim.", 28),
    ("She is the [third] person to die.", 3),
    ("It was the [fourth] homicide of 2016.", 4),
    ("It was the city's [fourth] homicide of the year.", 4),
    ("It is the [hundredth] murder of the year.", 100),
    ("It was the [twenty-first] death this month.", 21),
    ("It was the [21st] fatality on the road.", 21),
    ("He became the [second] soldier to be killed there.", 2),
    ("It was the [fifth] attack this month.", 5),
]

NO_ORDINAL = [
    "The sixth quarterly report on deaths is out.",
    "The 3rd Brigade was hit; deaths are feared.",
    "He was killed on the 17th of October.",
    "He was killed on 5th Avenue.",
    "He was killed in the 21st century.",
    "She was killed on her 30th birthday.",
    "They were killed on the third floor.",
    "They were killed on the second day of the battle.",
    "Deaths rose for the third time.",
    "Deaths fell in the second half.",
    "Deaths rose in the fourth quarter.",
    "First responders spoke of deaths.",
]


NO_FIGURE = [
    "All but two of the crew died.",
    "All but destroyed by the blast, the town mourned its dead.",
    "All were killed.",
    "The blast killed and wounded as many.",
    "Deaths were twice as many.",
    "As many know, deaths were seen.",
    "Neither side told of deaths.",
    "It could neither confirm nor deny the deaths.",
    "Neither the toll nor the names of the dead are known.",
    "The score was told to the injured player.",
    "A score of 3-1 cheered the injured player.",
    "The blast killed civilians.",
    "People were killed.",
    "Deaths were reported.",
    "The wounded were taken away.",
    "They were killed.",
]


def whole(text: str) -> list[tuple[str, tuple[object, ...]]]:
    """The figures as they stand in the text, each with form, qualifier and bounds."""
    return [
        (text[m.start : m.end], (m.label, *(m.value[key] for key in ("qualifier", "low", "high", "best"))))
        for m in find(make_doc(text))
    ]


def one(row: str) -> tuple[object, ...]:
    """What is read at the bracketed place of a row."""
    text, start, end = lexicon.unbracket(row)
    [value] = [
        (m.label, *(m.value[key] for key in ("qualifier", "low", "high", "best")))
        for m in find(make_doc(text))
        if (m.start, m.end) == (start, end)
    ]
    return value


@pytest.mark.parametrize(("row", "form", "number"), EXACT, ids=[row[0] for row in EXACT])
def test_a_number_is_read(row: str, form: str, number: int) -> None:
    """A number without a qualifier is its own lower and upper bound."""
    assert (form, "exact", number, number, number) == one(row)


@pytest.mark.parametrize(
    ("row", "qualifier", "low", "high", "best"), BOUNDED, ids=[row[0] for row in BOUNDED]
)
def test_a_qualifier_bounds(
    row: str, qualifier: str, low: int | None, high: int | None, best: int | None
) -> None:
    """A qualifier before or behind a number opens or closes it, and is no part of it."""
    assert (qualifier, low, high, best) == one(row)[1:]


@pytest.mark.parametrize(("row", "low", "high", "best"), RANGES, ids=[row[0] for row in RANGES])
def test_a_range_is_read(row: str, low: int, high: int, best: int) -> None:
    """Two ends make one figure, the best of which is their middle, rounded down."""
    assert ("range", "between", low, high, best) == one(row)


@pytest.mark.parametrize(("row", "qualifier", "low"), VAGUE, ids=[row[0] for row in VAGUE])
def test_a_vague_word_has_its_least(row: str, qualifier: str, low: int | None) -> None:
    """A word for an unsaid number has the least that it means, and no more."""
    assert ("vague", qualifier, low, None, None) == one(row)


@pytest.mark.parametrize("text", NO_FIGURE)
def test_what_says_no_number_is_no_figure(text: str) -> None:
    """A bare plural, a pronoun, and words that only look like a number are none."""
    assert [figure for figure, value in whole(text) if value[0] != "singular"] == []


@pytest.mark.parametrize("row", NOBODY)
def test_nobody_is_zero(row: str) -> None:
    """What says nobody is the figure zero."""
    assert one(row) == ("zero", "exact", 0, 0, 0)


@pytest.mark.parametrize(("row", "low"), ONE, ids=[row[0] for row in ONE])
def test_one_person_is_one(row: str, low: int) -> None:
    """A person, said with or without a number, is one."""
    assert one(row)[2] == low


@pytest.mark.parametrize(("row", "number"), ORDINALS, ids=[row[0] for row in ORDINALS])
def test_an_ordinal_is_a_total(row: str, number: int) -> None:
    """The place in a series of people or of attacks is how many there have been."""
    assert (number, number, number) == one(row)[2:]


@pytest.mark.parametrize("text", NO_ORDINAL)
def test_other_ordinals_count_nothing(text: str) -> None:
    """The place in another series is no figure."""
    assert [figure for figure, value in whole(text) if value[0] in {"numeral", "word"}] == []


CLAIMED = [
    "The flood displaced [1.5m] people.",
    "The flood displaced [1.2M] people.",
    "The flood displaced [3k] people.",
    "The war killed [1.5m] villagers.",
    "The flood displaced [12.5 lakh] people.",
    "The blast killed [two score] people.",
    "The flood displaced [a quarter of a million] people.",
    "[All but one of the sixteen] miners were killed.",
    "Every one of the [12] passengers was killed.",
    "The blast killed [30] people at the very least.",
    "The blast killed [30], possibly more.",
    "The blast killed [two-to-three] people.",
    "She is the [third] person to die in the riots.",
    "[Neither] driver was hurt.",
]


@pytest.mark.parametrize("row", CLAIMED)
def test_the_figure_is_claimed(row: str) -> None:
    """The figure is the one claim of its sentence."""
    text, start, end = lexicon.unbracket(row)
    assert [(c.quantity.start, c.quantity.end) for c in extract(text).claims] == [(start, end)]
