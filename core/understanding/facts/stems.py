"""Words cut to what their Ukrainian, Russian and English forms have in common."""

import re

_ENDINGS = (
    "ами ями ого ому ими ыми ові еві ою ею ьою ах ях их ых им ым ів їв ов ев єв ей ой ий ій ый ая яя ое ее ую юю ої "
    "ом ем ям ам ья ье а я у ю о е є и і ы ї"
)
_ENDING = re.compile(rf"(?<=\w{{3}})(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})$")
_ENGLISH = re.compile(r"(?<=\w{2})(?:ies|es|s)$")
_SIGNS = re.compile("['ьъ]")
# "ліжок" and "ліжко", "стілець" and "стільця" differ in a vowel that comes and goes.
_FLEETING = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшщ])[оеє](?=[кцлнрт]$)")


def stem(word: str) -> str:
    """Of one folded word. Words with digits and short words stay as they are."""
    if len(word) < 4 or (not word.isalpha() and "'" not in word):
        return word
    if word.isascii():
        return _ENGLISH.sub(lambda end: "y" if end.group() == "ies" else "", word)
    cut = _ENDING.sub("", _SIGNS.sub("", word.replace("ё", "е")))
    return _FLEETING.sub("", cut.replace("і", "о"))
