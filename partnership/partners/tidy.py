"""Codes and lists as people copy them, put right before they are checked."""

import re


def tidy_charity_number(text: str) -> str:
    """Numbers are copied with spaces, in small letters and with "No."; the register has none of these."""
    return text.upper().replace(" ", "").removeprefix("NO.").removeprefix("NO")


def tidy_code(text: str) -> str:
    """Codes are capital letters and numbers, whatever they were copied with."""
    return re.sub(r"\s", "", text).upper()


def tidy_company_number(text: str) -> str:
    """Spreadsheets drop the zeros a company number begins with."""
    code = tidy_code(text)
    return code.zfill(8) if code.isdigit() and 5 <= len(code) <= 8 else code


def tidy_list(text: str) -> str:
    """Names separated by commas or lines, each once, separated by a comma and a space."""
    names = [" ".join(name.split()) for name in re.split(r"[,;\n]", text)]
    return ", ".join(dict.fromkeys(name for name in names if name))
