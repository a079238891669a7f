"""A pack of 12 reports and 300 pages of uploaded appendices of 50 MB: seconds, pages a second, peak memory of the child.

Beside it stands what pypdf takes to merge the same files alone, without contents, numbers or tags, in a process of its own as
ours is. Needs no portal: `python -m bench.pack 24` tries it with 24 pages.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import portal
from bench.table import Row

REPORTS, PAGES, ROUNDS = 12, 300, 3
SIDE = 620  # pixels of a page's picture: about 170 kB
MERGE = """
import sys, pypdf
merger = pypdf.PdfWriter()
for path in sys.argv[1:-1]:
    merger.append(path)
merger.write(sys.argv[-1])
"""
WORDS = "The board is asked to note how the services were brought back, and what people said about them. " * 4


def measure(site: portal.Site | None, pages: int = PAGES) -> list[Row]:
    """Three rounds of ours, then of pypdf, started from a process that does nothing else."""
    code = f"from bench import pack; pack.inside({pages})"
    done = subprocess.run([sys.executable, "-c", code], cwd=portal.ROOT, capture_output=True, check=True, text=True)
    found = json.loads(done.stdout)
    work = f"pack of {REPORTS} reports and {pages} uploaded pages of {found['megabytes']:.0f} MB"
    merged = sorted(found["merged"])[ROUNDS // 2]
    rates = [found["pages"] / seconds for seconds in found["built"]]
    return [
        Row(work, "s", found["built"], merged, "pypdf merging the same files alone", "≤ 200 % of it"),
        Row(f"{work}, speed", "pages/s", rates, pages / merged, "the same"),
        Row(f"{work}, peak memory of the child", "MiB", [found["peak"]], aim="≤ 400"),
    ]


def inside(pages: int) -> None:
    """Measures, and prints what was found as JSON."""
    from assemblies.papers.pack.build import build  # only the measured process makes packs

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = f"from bench import pack; pack.write_files({name!r}, {pages})"
        subprocess.run([sys.executable, "-c", files], check=True)  # or the child would count the memory of making them
        pack = a_pack(folder, pages)
        paths = [str(file.path) for file in pack.attachments]
        found: dict = {"built": [], "merged": []}
        for _ in range(ROUNDS):
            started = time.monotonic()
            built = build(pack, folder)
            found["built"].append(time.monotonic() - started)
            found["peak"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            built.path.unlink()
        for _ in range(ROUNDS):
            started = time.monotonic()
            subprocess.run([sys.executable, "-c", MERGE, *paths, str(folder / "merged.pdf")], check=True)
            found["merged"].append(time.monotonic() - started)
        found["pages"] = built.pages
        found["megabytes"] = sum(file.path.stat().st_size for file in pack.attachments) / 1e6
    print(json.dumps(found))


def write_files(folder: str, pages: int) -> None:
    """Writes the appendices: pages that are pictures, as a scanner makes them, no two alike."""
    from tests import made_pdfs  # needs Pillow

    for number in range(1, REPORTS + 1):
        Path(folder, f"{number}.pdf").write_bytes(made_pdfs.scanned(pages // REPORTS, side=SIDE))


def a_pack(folder: Path, pages: int):
    """A pack whose reports share the pages between them, each with one appendix."""
    from assemblies.papers.pack.parts import Attachment, Pack, PackItem, Paper  # as above
    from assemblies.papers.report_text import FIELDS, ReportText, Section  # as above

    text, items = "\n\n".join([WORDS] * 8), []
    sections = tuple(Section(title, text) for title in ("Background", "Key areas", "Next steps"))
    for number in range(1, REPORTS + 1):
        sizes = ((595.0, 842.0),) * (pages // REPORTS)
        path = folder / f"{number}.pdf"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()  # known of each file since it was uploaded
        file = Attachment(f"file-{number}", f"Appendix {number}", path, sizes, sha256=digest)
        report = ReportText(f"Report {number}", dict.fromkeys(FIELDS, WORDS), (WORDS, WORDS), sections)
        paper = Paper(f"paper-{number}", report, attachments=(file,))
        items.append(PackItem(f"item-{number}", str(number), f"Item {number}", "Decision", papers=(paper,)))
    return Pack("Measured Board", "Meeting in public", "Monday 14 September 2026", "Town Hall", tuple(items))


if __name__ == "__main__":
    for row in measure(None, *map(int, sys.argv[1:])):
        print(row.work, [round(run, 2) for run in row.runs], row.unit, row.limit and f"limit {row.limit:.2f}", row.aim)
