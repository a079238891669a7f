"""`.env.example` lists every setting the code reads, and no other."""

import re

from partnership.local.services.places import BASE_DIR

READ = re.compile(r"""(?:env(?:\.\w+)?|os\.environ\.get)\(\s*"([A-Z_]+)\"""")


def test_env_example_lists_each_setting_once():
    listed = re.findall(r"^#?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE)
    ours = BASE_DIR / "partnership"
    sources = [*(ours / "settings").glob("*.py"), ours / "gunicorn.py", ours / "worker.py"]
    read = {name for path in sources for name in READ.findall(path.read_text())}
    assert sorted(listed) == sorted(set(listed))
    assert set(listed) == read
