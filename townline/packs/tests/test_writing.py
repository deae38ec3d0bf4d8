"""Whatever staff have typed, the exported file says the same when it is read."""

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from townline.packs.export import as_yaml

typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(str.strip)
awkward = st.lists(
    st.sampled_from(["word", "- item", "a: b", "#", "  ", "\n", "\n\n", "'", "yes", "é", "{", "|", "08:30"])
)
text = typed | awkward.map("".join).map(str.strip) | awkward.map(" ".join).map(str.strip)


@given(st.lists(st.fixed_dictionaries({"code": text, "name": st.dictionaries(st.sampled_from(["en", "fr"]), text)})))
def test_any_text_reads_back_as_it_was_written(rows):
    assert YAML(typ="safe", pure=True).load(as_yaml(rows)) == rows


def test_opening_spans_and_dates_are_written_plainly():
    written = as_yaml([{"hours": {"mon": [["08:30", "16:30"]]}, "open_on": ["2026-07-01"], "said": "yes"}])

    assert written == '- hours:\n    mon: [["08:30", "16:30"]]\n  open_on: [2026-07-01]\n  said: "yes"\n'
