"""Makes the sans and symbol faces of reports/fonts: python tools/fonts.py FOLDER (with the Noto TrueType files in it).

Debian has them in fonts-noto-core and fonts-noto-extra (/usr/share/fonts/truetype/noto).
Needs what WeasyPrint brings: fonttools and brotli.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).parent.parent / "reports" / "fonts"
TEXT = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F),  # Latin with its extensions, spacing and combining marks
    (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),  # Greek, Cyrillic, Latin for Vietnamese and transliterations
    (0x2000, 0x209F), (0x20A0, 0x20CF), (0x2100, 0x218F), (0x25CC, 0x25CC), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip
LINE = (1069, -293, 0)
SYMBOLS = (
    ("NotoSansMath-Regular.ttf", ((0x20, 0x20), (0xA0, 0xA0), (0x2190, 0x21FF), (0x2200, 0x22FF))),
    ("NotoSansSymbols2-Regular.ttf", ((0x25A0, 0x25FF), (0x2605, 0x2606), (0x2610, 0x2612), (0x2701, 0x27BF))),
    ("NotoSansSymbols-Regular.ttf", ((0x2160, 0x2188), (0x2460, 0x2473), (0x2690, 0x26A0))),
)


def subset(source: Path, ranges: tuple[tuple[int, int], ...], features: str) -> TTFont:
    """Keep these characters of a face, with these layout features."""
    font = TTFont(source)
    options = Options(hinting=False, layout_features=[features] if features else [], notdef_outline=True)
    options.name_IDs, options.drop_tables = ["*"], [*options.drop_tables, "MATH", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    subsetter.subset(font)
    return font


def save(font: TTFont, family: str, style: str, name: str) -> None:
    """Give the face its internal names (the README says why) and write it as woff2."""
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 8, 13, 14)]
    full = f"{family} {style}"
    for number, text in ((1, family), (2, style), (3, full), (4, full), (6, f"{family.replace(' ', '')}-{style}")):
        table.setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    font.recalcTimestamp = False  # with a fixed instant, the same input gives the same bytes
    font["head"].created = font["head"].modified = 3_700_000_000
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = LINE  # a symbol must not move the line
    font.save(OUT / name)
    print(f"{name}: {len(font.getBestCmap())} characters, {(OUT / name).stat().st_size} bytes")


def main(folder: Path) -> None:
    """Make all faces."""
    for style in ("Regular", "SemiBold"):
        save(subset(folder / f"NotoSans-{style}.ttf", TEXT, "*"), "Report Sans", style, f"NotoSans-{style}.woff2")
    with tempfile.TemporaryDirectory() as scratch:
        parts = [Path(scratch) / name for name, _ in SYMBOLS]
        for part, (name, ranges) in zip(parts, SYMBOLS, strict=True):
            subset(folder / name, ranges, "").save(part)
        save(Merger().merge([str(part) for part in parts]), "Report Symbols", "Regular", "NotoSymbols-Regular.woff2")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
