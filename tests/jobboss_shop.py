"""A small JobBOSS shop, of which every order line is known; its tables stand in tests/jobboss."""

from pathlib import Path

TABLES = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parent / "jobboss").glob("*.csv"))
}


def write(folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """Write the tables into a folder, some of them left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TABLES.items():
        if name not in without:
            (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder
