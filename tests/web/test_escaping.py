"""Nothing is marked safe: Jinja escapes whatever a page says."""

from __future__ import annotations

from pathlib import Path

import pytest
import unescaped
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup, escape

import web
from web.escaping import Templates, escaped

WEB = Path(web.__file__).parent


def test_no_source_marks_text_as_safe_or_writes_tags() -> None:
    assert len(list(WEB.rglob("*.py"))) > 40
    assert list(unescaped.in_sources(WEB)) == []


def test_no_template_turns_escaping_off(client: FlaskClient) -> None:
    assert len(list((WEB / "templates").rglob("*.*"))) > 20
    environment = client.application.jinja_env
    assert list(unescaped.in_templates(WEB / "templates", environment)) == []


@pytest.mark.parametrize(
    "source",
    [
        "from markupsafe import Markup",
        "from markupsafe import Markup as Text",
        "import markupsafe",
        "import flask\nflask.Markup(text)",
        "getattr(jinja2.utils, 'Markup')(text)",
        "class Text(str):\n    def __html__(self): return self",
        "from jinja2 import Template\nTemplate(text)",
        "environment.from_string(text)",
        "flask.render_template_string(text)",
        "Environment(autoescape=False)",
        "app.jinja_options = {'autoescape': False}",
        "app.select_jinja_autoescape = never",
        "page = f'<b>{text}</b>'",
        "page = f'<{tag}>'",
        "page = '<' + tag",
        "page = '<%s>' % tag",
        "page = '</li>'",
        "page = b'<p>'",
        "page = '<!-- -->'",
        "def page():\n    '''About.'''\n    return '''<p>'''",
    ],
)
def test_a_source_that_does_is_found(tmp_path: Path, source: str) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "planted.py").write_text(source, "utf-8")
    assert list(unescaped.in_sources(tmp_path))


@pytest.mark.parametrize(
    "source",
    [
        "'''A page: <main> holds all.'''\nNAME = 1\n'''Goes into <title>.'''",
        "@blueprint.get('/reports/<report_id>')\ndef report(report_id): '''A <p>.'''",
        "few = 1 < most\ntext = '1 < 2, 2 <= 3'",
    ],
)
def test_what_only_speaks_of_tags_is_not(tmp_path: Path, source: str) -> None:
    (tmp_path / "planted.py").write_text(source, "utf-8")
    assert list(unescaped.in_sources(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("planted.html", "{{ text|safe }}"),
        ("planted.html", "{{ text | upper | safe }}"),
        ("planted.html", "{{ texts|map('safe')|join }}"),
        ("planted.html", "{% filter safe %}{{ text }}{% endfilter %}"),
        ("planted.html", "{{ Markup(text) }}"),
        ("planted.html", "{% autoescape false %}{{ text }}{% endautoescape %}"),
        ("planted.html", "<a href={{ text }}>"),
        ("planted.txt", "{{ text }}"),
    ],
)
def test_a_template_that_does_is_found(
    client: FlaskClient, tmp_path: Path, name: str, source: str
) -> None:
    (tmp_path / name).write_text(source, "utf-8")
    assert list(unescaped.in_templates(tmp_path, client.application.jinja_env))


@given(st.text("<>&'\"a政\ud800") | st.integers() | st.floats() | st.booleans() | st.none())
def test_what_is_put_out_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_what_is_html_is_put_out_as_it_is() -> None:
    assert escaped(Markup("<b>&amp;</b>")) == "<b>&amp;</b>"


class Shouted(str):
    def __str__(self) -> str:
        return "<loud>"


@pytest.mark.parametrize("value", ["<i>\"'&", Shouted("quiet"), ["<i>"], Path("/<i>")])
def test_templates_escape_wherever_a_value_stands(value: object) -> None:
    """At the top, in a block, a macro, a macro of another file, an included file, and a set block."""
    sources = {
        "frame.html": "{{ v }}{% block inner %}{% endblock %}",
        "parts.html": "{% macro said(v) %}{{ v }}{% endmacro %}",
        "row.html": "{{ v }}",
        "page.html": """{% extends "frame.html" %}{% from "parts.html" import said %}
            {% block inner %}{% macro own(v) %}[{{ v }}]{% endmacro %}{{ v }}{{ own(v) }}{{ said(v) }}
            {% include "row.html" %}{% set held %}{{ v }}{% endset %}{{ held }}{{ own(held) }}
            {% endblock %}""",
    }
    environment = Templates(Flask(__name__), loader=DictLoader(sources), autoescape=True)
    page = environment.get_template("page.html").render(v=value)
    assert page.count(str(escape(value))) == 7
    assert "<" not in page
