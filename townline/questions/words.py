"""Rules and answers in words, for whoever reads a form: “Is the dog spayed?” is “Yes”."""

from typing import Any

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from townline.core.localized import Localized
from townline.questions import rules, terms
from townline.questions.definition import Definition, Kind, Question
from townline.questions.saying import amount, day, number


def only_if(definition: Definition, rule: rules.Rule, language: str | None = None) -> str:
    """The condition as a line for an editor: Only if “Is the dog spayed?” is “Yes”."""
    with override(language or get_language()):
        return _("Only if %(condition)s.") % {"condition": in_words(definition, rule)}


def answer_only_if(definition: Definition, rule: rules.Rule, language: str | None = None) -> str:
    """The condition as a line for the person who answers on the same page."""
    with override(language or get_language()):
        return _("Answer this only if %(condition)s.") % {"condition": in_words(definition, rule)}


def applies_only_if(definition: Definition, rule: rules.Rule, language: str | None = None) -> str:
    """The same line for text to read, or for several questions."""
    with override(language or get_language()):
        return _("This applies only if %(condition)s.") % {"condition": in_words(definition, rule)}


def in_words(definition: Definition, rule: rules.Rule) -> str:
    """What a rule says, in the active language."""
    return _Words(definition).rule(rule)


def said(question: Question, value: Any) -> str:
    """An answer in words, in the active language: labels for codes, dollars for cents."""
    match question.kind, value:
        case Kind.YES_NO, "yes":
            return _("Yes")
        case Kind.YES_NO, "no":
            return _("No")
        case Kind.MONEY, int():
            return amount(value)
        case Kind.NUMBER, int() | float():
            return number(value)
        case Kind.DATE, str():
            return day(value)
        case Kind.ONE_CHOICE, str():
            return _label(question, value)
        case Kind.MANY_CHOICES, list():
            return "\n".join(_label(question, code) for code in value)
        case Kind.FILE, list():
            return ngettext("%(count)s file", "%(count)s files", len(value)) % {"count": len(value)}
        case Kind.PLACE, dict():
            return _place(value)
    return str(value)


def _label(question: Question, code: Any) -> str:
    option = question.codes.get(code)
    return str(option.label) if option else str(code)


def _place(value: dict[str, Any]) -> str:
    """A place that is only a point is said by its coordinates."""
    if value.get("text") or value.get("lat") is None:
        return str(value.get("text") or "")
    return f"{value['lat']:.5f}, {value['long']:.5f}"


def quoted(text: object) -> str:
    """The text in the quotation marks of the active language."""
    is_french = (get_language() or "en").startswith("fr")
    return f"«\N{NARROW NO-BREAK SPACE}{text}\N{NARROW NO-BREAK SPACE}»" if is_french else f"“{text}”"


def _one_of(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s or %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


class _Words:
    """Says the steps of one rule; a definition supplies the labels."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def rule(self, rule: Any, *, inside: bool = False) -> str:
        match rule:
            case rules.All():
                return self.joined(_(" and "), rule.all, inside)
            case rules.AnyOf():
                return self.joined(_(" or "), rule.any, inside)
            case rules.Not():
                return self.opposite(rule.not_)
            case rules.Comparison():
                return self.comparison(rule)
            case rules.In():
                choices = _one_of([self.literal(value, self.about(rule.in_[0])) for value in rule.in_[1]])
                return _("%(what)s is %(choices)s") % {"what": self.term(rule.in_[0]), "choices": choices}
            case rules.Has():
                what, code = rule.has
                value = self.literal(code, self.about(what))
                return _("%(what)s includes %(value)s") % {"what": self.term(what), "value": value}
            case rules.Answered():
                return _("%(what)s is answered") % {"what": self.name(rule.answered)}
            case rules.AnyItem():
                return self.over_items(_("for at least one %(item)s, %(condition)s"), *rule.any_item)
            case rules.AllItems():
                return self.over_items(_("for every %(item)s, %(condition)s"), *rule.all_items)
        raise TypeError(rule)

    def joined(self, word: str, parts: tuple[Any, ...], inside: bool) -> str:
        text = word.join(self.rule(part, inside=True) for part in parts)
        return f"({text})" if inside and len(parts) > 1 else text

    def opposite(self, rule: Any) -> str:
        match rule:
            case rules.Equal():
                return self.compared(_("%(left)s is not %(right)s"), rule.eq)
            case rules.Answered():
                return _("%(what)s is not answered") % {"what": self.name(rule.answered)}
            case rules.Not():
                return self.rule(rule.not_)
        return _("it is not so that %(condition)s") % {"condition": self.rule(rule, inside=True)}

    def comparison(self, rule: rules.Comparison) -> str:
        dates = any(isinstance(term, terms.Today) or self.kind(term) == Kind.DATE for term in rule.value)
        match rule:
            case rules.Equal():
                return self.compared(_("%(left)s is %(right)s"), rule.eq)
            case rules.NotEqual():
                return self.compared(_("%(left)s is not %(right)s"), rule.ne)
            case rules.More():
                words = _("%(left)s is after %(right)s") if dates else _("%(left)s is more than %(right)s")
            case rules.AtLeast():
                words = _("%(left)s is on or after %(right)s") if dates else _("%(left)s is at least %(right)s")
            case rules.Less():
                words = _("%(left)s is before %(right)s") if dates else _("%(left)s is less than %(right)s")
            case _at_most:
                words = _("%(left)s is on or before %(right)s") if dates else _("%(left)s is at most %(right)s")
        return self.compared(words, rule.value)

    def compared(self, words: str, pair: tuple[Any, Any]) -> str:
        left, right = pair
        return words % {"left": self.term(left, self.about(right)), "right": self.term(right, self.about(left))}

    def over_items(self, words: str, page_id: str, rule: Any) -> str:
        return words % {"item": self.item(page_id), "condition": self.rule(rule, inside=True)}

    def term(self, term: Any, about: Question | None = None) -> str:
        match term:
            case terms.Answer():
                return self.name(term.answer)
            case terms.FromContext():
                return str(terms.CONTEXT.get(term.context, term.context))
            case terms.Count():
                return _("the number of items in %(list)s") % {"list": self.title(term.count)}
            case terms.Sum():
                return _("the total of %(what)s") % {"what": self.name(term.sum[1])}
            case terms.AgeOn():
                born, on = term.age_on
                return _("the age since %(born)s on %(on)s") % {"born": self.term(born), "on": self.term(on)}
            case terms.Today():
                return _("today")
        return self.literal(term, about)

    def literal(self, value: Any, about: Question | None) -> str:
        if about and about.kind == Kind.MANY_CHOICES:
            return quoted(_label(about, value))
        if not isinstance(value, str):
            return said(about, value) if about else number(value)
        text = said(about, value) if about else day(value)
        return text if text == day(value) != value else quoted(text)

    def about(self, term: Any) -> Question | None:
        """The question whose words a plain value beside this term is said in."""
        match term:
            case terms.Answer():
                return self.definition.question(term.answer)
            case terms.Sum():
                return self.definition.question(term.sum[1])
        return None

    def kind(self, term: Any) -> Kind | None:
        question = self.about(term)
        return question.kind if question else None

    def name(self, question_id: str) -> str:
        question = self.definition.question(question_id)
        return quoted(question.label if question else question_id)

    def title(self, page_id: str) -> str:
        page = self.definition.page(page_id)
        return quoted(page.title if page else page_id)

    def item(self, page_id: str) -> str:
        page = self.definition.page(page_id)
        return str(page.repeat.item if page and page.repeat else Localized(en=page_id))
