"""An index of words: each database has its own kind."""

from django.db import migrations

MADE = {
    "postgresql": "CREATE INDEX case_words_text ON cases_casewords USING gin (to_tsvector('simple', text))",
    "sqlite": """CREATE VIRTUAL TABLE cases_words_index USING fts5(
                 text, content='cases_casewords', content_rowid='case_id', tokenize='unicode61')""",
}
UNMADE = {"postgresql": "DROP INDEX case_words_text", "sqlite": "DROP TABLE cases_words_index"}


def make(apps, editor):
    editor.execute(MADE[editor.connection.vendor])


def unmake(apps, editor):
    editor.execute(UNMADE[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("cases", "0038_words_of_cases")]

    operations = [migrations.RunPython(make, unmake)]
