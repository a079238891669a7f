"""How the database keeps facts of record: what was signed, published or withdrawn."""

import pgtrigger

REFUSE = "RAISE EXCEPTION 'what was signed or published is only ever added to' USING ERRCODE = 'restrict_violation';"


def append_only(let_through: str = "", declare: list[tuple[str, str]] | None = None) -> list[pgtrigger.Trigger]:
    """Returns the trigger by which the database refuses to change or delete a fact of record. `let_through` is PL/pgSQL that
    returns NEW for what may change."""
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            declare=declare,
            func=let_through + REFUSE,
        )
    ]
