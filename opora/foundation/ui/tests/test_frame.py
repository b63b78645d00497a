"""Header, navigation by role, panels, error pages."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from markupsafe import Markup

from opora.foundation.ui import addresses, icons, nav, panels
from opora.foundation.ui.tests import sample

PAGE = (
    '{% extends "ui/page.html" %}{% block title %}Услуги & места{% endblock %}'
    "{% block content %}Тяло{% endblock %}"
)


def test_title_is_said_once_and_escaped():
    html = sample.render(PAGE, sample.request())
    assert "<title>Услуги &amp; места – Опора</title>" in html
    assert html.count("<h1") == 1
    assert html.count("Тяло") == 1


def test_aside_makes_two_columns():
    html = sample.render(PAGE + "{% block aside %}Встрани{% endblock %}", sample.request())
    assert "op-columns__aside" in html
    assert html.count("Тяло") == 1


def test_navigation_shows_what_the_actor_may_open():
    nav.register(nav.NavItem("Табло", "board", lambda actor: actor.user_id, order=2))
    nav.register(nav.NavItem("Услуги", "services", lambda actor: True, order=1))
    signed_in, stranger = sample.request("/services/board/7/"), sample.request("/services/LOV/")
    stranger.actor = sample.Actor(user_id=None)
    assert [(link.label, link.current) for link in nav.nav_items(signed_in)] == [
        ("Услуги", False),
        ("Табло", True),
    ]
    assert [(link.label, link.current) for link in nav.nav_items(stranger)] == [("Услуги", True)]
    assert nav.nav_items(None) == []


def test_home_is_current_only_on_itself():
    nav.register(nav.NavItem("Моят ден", "home", lambda actor: True))
    assert not nav.nav_items(sample.request("/services/"))[0].current
    assert nav.nav_items(sample.request("/"))[0].current


def test_a_place_nobody_offers_is_left_out():
    html = sample.render(PAGE, sample.request())
    assert 'role="search"' not in html
    assert nav.place("search") is None


def test_search_and_time_out_warning_appear_when_offered():
    nav.register_place("search", "search")
    nav.register_place("keep_alive", "ping")
    html = sample.render(PAGE, sample.request())
    assert 'action="/search/"' in html
    assert 'data-op-warn="1500" data-op-end="1800"' in html
    stranger = sample.request()
    stranger.actor = sample.Actor(user_id=None)
    shown = sample.render(PAGE, stranger)
    assert "op-session" not in shown
    assert "op-search" not in shown


def test_panels_come_in_order_and_are_escaped():
    def late(request, **facts):
        return Markup("<b>{}</b>").format(facts["case"])

    def early(request, **facts):
        return "a<b"

    panels.offer("test.slot", late, order=90)
    panels.offer("test.slot", early, order=10)
    panels.offer("test.slot", early, order=10)
    assert panels.panel("test.slot", None, case="К-1") == "a&lt;b<b>К-1</b>"
    panels.withdraw("test.slot", late)
    panels.withdraw("test.slot", early)
    assert panels.panel("test.slot", None) == ""


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "503", "csrf"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_error_pages_need_nothing(name, language):
    with translation.override(language):
        html = render_to_string(f"{name}.html")
    assert f'lang="{language}"' in html
    assert html.count("<h1") == 1


def test_query_changes_only_what_is_asked():
    request = sample.request("/s/?a=1&a=2&b=3")
    assert addresses.query(request, b=None) == "?a=1&a=2"
    assert addresses.query(request, a=["2"], b=4) == "?a=2&b=4"
    assert addresses.query(sample.request("/s/?page=2"), page=None) == "/s/"
    assert addresses.without(request, "a", 1) == "?a=2&b=3"


def test_icons_are_hidden_from_readers():
    for name in icons.NAMES:
        assert 'aria-hidden="true"' in icons.icon(name)
    with pytest.raises(KeyError):
        icons.icon("nothing")
