"""What holds for any form and any answers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from townline.questions.resolve import resolve
from townline.questions.testing import THURSDAY, definition, dogs, page, question

KINDS = ("short_text", "number", "money", "date", "one_choice", "many_choices", "yes_no", "place", "phone", "email")
LITERALS = st.sampled_from(["small", "yes", "x", 0, 3, 1250, "2026-03-31"])
GIVEN = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.sampled_from(
        ["small", "big", "yes", "no", "12.50", "2026-03-31", "905-623-3379", "a@b.ca", ["small"], ["big", "small"]]
    ),
    st.fixed_dictionaries(
        {"text": st.text(max_size=4)}, optional={"lat": st.floats(-90, 90), "long": st.floats(-180, 180)}
    ),
)


def rules(ids):
    known = st.sampled_from(ids)
    pair = st.tuples(known.map(lambda name: {"answer": name}), LITERALS).map(list)
    leaf = st.one_of(
        known.map(lambda name: {"answered": name}),
        st.tuples(st.sampled_from(["eq", "ne", "gt", "lte"]), pair).map(lambda parts: {parts[0]: parts[1]}),
        known.map(lambda name: {"has": [{"answer": name}, "small"]}),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda rule: {"not": rule}),
            st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)).map(
                lambda parts: {parts[0]: parts[1]}
            ),
        ),
        max_leaves=4,
    )


@st.composite
def asked(draw, name, before):
    kind = draw(st.sampled_from(KINDS))
    more = {"codes": "small big"} if kind in ("one_choice", "many_choices") else {}
    made = question(name, kind, required=draw(st.booleans()), **more)
    if before and draw(st.booleans()):
        made["show_if"] = draw(rules(before))
    return made


@st.composite
def forms(draw):
    names = iter("abcdefghijkl")
    before: list[str] = []
    pages = []
    for number in range(draw(st.integers(1, 3))):
        questions = []
        condition = draw(rules(before)) if before and draw(st.booleans()) else None
        for _ in range(draw(st.integers(1, 3))):
            name = next(names)
            questions.append(draw(asked(name, before)))
            before = [*before, name]
        more = {"show_if": condition} if condition else {}
        pages.append(page(f"page{number}", *questions, **more))
    inner = [draw(asked(name, before)) for name in ("x", "y")]
    return definition(*pages, dogs(*inner, least=draw(st.integers(0, 2))), calculations={"n": {"count": "dogs"}})


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys("abcdefghi", GIVEN),
        "dogs": st.lists(st.fixed_dictionaries({}, optional={"x": GIVEN, "y": GIVEN}), max_size=4),
    },
)


@settings(max_examples=200, deadline=None)
@given(forms(), ANSWERS)
def test_resolving_what_was_kept_changes_nothing(form, answers):
    once = resolve(form, answers, THURSDAY)
    twice = resolve(form, once.answers, THURSDAY)

    assert twice.answers == once.answers
    assert twice.page_ids == once.page_ids
    assert twice.calculations == once.calculations
    assert twice.not_asked == ()


@settings(max_examples=100, deadline=None)
@given(forms(), ANSWERS, st.randoms())
def test_the_order_of_the_answers_does_not_matter(form, answers, random):
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    assert resolve(form, dict(shuffled), THURSDAY) == resolve(form, answers, THURSDAY)


@settings(max_examples=100, deadline=None)
@given(forms(), ANSWERS, GIVEN)
def test_a_hidden_answer_never_counts(form, answers, other):
    before = resolve(form, answers, THURSDAY)
    asked_ids = {found.id for part in before.pages for item in part.items for found in item}
    hidden = {found.id for part in form.pages if not part.repeat for found in part.questions} - asked_ids

    after = resolve(form, {**answers, **dict.fromkeys(hidden, other)}, THURSDAY)

    assert (after.answers, after.errors, after.page_ids) == (before.answers, before.errors, before.page_ids)


@settings(max_examples=200, deadline=None)
@given(forms(), ANSWERS)
def test_exactly_what_its_conditions_allow_is_asked(form, answers):
    resolved = resolve(form, answers, THURSDAY)
    asked_ids = {found.id for part in resolved.pages for item in part.items for found in item}

    def allowed(part):
        return part.show_if is None or part.show_if.holds(resolved.facts)

    for part in form.pages:
        if not part.repeat:
            due = {found.id for found in part.questions if allowed(part) and allowed(found)}
            assert asked_ids & part.answerable.keys() == due


@settings(max_examples=100, deadline=None)
@given(forms(), ANSWERS)
def test_every_answer_that_is_asked_is_kept_or_refused(form, answers):
    resolved = resolve(form, answers, THURSDAY)

    for part in resolved.pages:
        if not part.page.repeat:
            required = {found.id for found in part.items[0] if found.required}
            assert required <= resolved.answers.keys() | resolved.errors.keys()
    assert not resolved.answers.keys() & resolved.errors.keys() - {"dogs"}
