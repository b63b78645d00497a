"""Every macro renders; what carries meaning is in the HTML."""

import re

import jinja2
import pytest
from django.core.paginator import Paginator
from django.template import engines

from opora.foundation.ui import controls, filters, tables
from opora.foundation.ui.tests import sample

FORMS = '{% import "ui/forms.html" as forms %}'
TABLES = '{% import "ui/tables.html" as tables %}'


@pytest.fixture
def drawn():
    return sample.style_page()


def test_every_macro_is_on_the_style_page():
    text = (sample.HERE / "style_page.html").read_text(encoding="utf-8")
    env = engines["jinja2"].env
    serving = {
        "label_for",
        "free_note",
        "help_and_error",
        "error_line",
        "wrapped",
        "button_class",
        "plain_group",
        "choice_group",
    }
    serving |= {
        "heading",
        "counted",
        "cell",
        "chips",
        "refresh",
        "field",
        "contents",
        "back",
        "quick_exit",
        "fields",
    }
    serving |= {"post_button", "post_doors", "checkboxes", "checkbox", "file_upload", "row"}
    for name in ("forms", "tables", "filters", "states", "lists", "nav", "progress", "paper"):
        module = env.get_template(f"ui/{name}.html").module
        macros = {key for key in vars(module) if isinstance(getattr(module, key), jinja2.runtime.Macro)}
        missing = {key for key in macros - serving if f"{name}.{key}(" not in text}
        assert not missing, (name, missing)


def test_no_inline_style_or_script(drawn):
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>|javascript:", drawn)


def test_ids_are_unique(drawn):
    ids = re.findall(r'\sid="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))


def test_described_and_labels_lead_to_elements(drawn):
    ids = set(re.findall(r'\sid="([^"]+)"', drawn))
    named = " ".join(re.findall(r'(?:aria-describedby|aria-labelledby|\sfor)="([^"]+)"', drawn)).split()
    assert set(named) <= ids


def test_errors_stand_at_the_field_and_on_top():
    html = sample.render(
        FORMS + "{{ forms.error_summary(f) }}{{ forms.field(f['places']) }}",
        f=sample.ServiceForm({"places": "х"}),
    )
    assert 'href="#id_places"' in html
    assert 'id="id_places-error"' in html
    assert 'aria-invalid="true"' in html


def test_a_good_form_has_no_summary():
    assert not sample.render(FORMS + "{{ forms.error_summary(f) }}", f=sample.ServiceForm()).strip()


def test_optional_fields_say_so():
    html = sample.render(
        FORMS + "{{ forms.field(f['note']) }}{{ forms.field(f['name']) }}", f=sample.ServiceForm()
    )
    assert html.count("(по избор)") == 1


def test_choices_keep_what_was_chosen():
    html = sample.render(FORMS + "{{ forms.field(f['managed']) }}", f=sample.ServiceForm({"managed": "no"}))
    assert re.search(r'value="no"\s+checked', html)
    assert html.count("checked") == 1
    assert 'id="id_managed"' in html


def test_post_button_carries_the_token():
    html = sample.render(
        FORMS + "{{ forms.post_button(request, 'Напомни', '/r/', hidden={'card': 7}) }}", sample.request()
    )
    assert "csrfmiddlewaretoken" in html
    assert 'name="card" value="7"' in html


def test_remaining_macros_render():
    html = sample.render(
        FORMS + '{% import "ui/lists.html" as lists %}{% import "ui/nav.html" as nav %}'
        '{% import "ui/progress.html" as progress %}'
        "{{ forms.fields(f) }}{{ forms.checkboxes('a', 'А', [(1, 'б')], [1]) }}{{ forms.checkbox('c', 'В') }}"
        "{{ forms.file_upload('d', 'Г') }}"
        "{{ lists.post_doors(request, '/as/', 'role', [{'title': 'Координатор', 'value': 'rc'}]) }}"
        "{{ progress.refresh(3) }}"
        "{{ nav.back('/') }}{{ nav.quick_exit() }}{{ nav.contents([('Увод', '#a')]) }}",
        sample.request(),
        f=sample.ServiceForm(),
    )
    assert 'name="role" value="rc"' in html
    assert "Бърз изход" in html


def test_cells():
    assert tables.shown(None) == "–"
    assert tables.shown("") == "–"
    assert tables.shown(0, "number") == "0"
    assert tables.shown(False) is False
    assert "Скрито" in tables.shown(":c", "number")


def test_sort_turns_round_and_returns_to_page_one():
    request = sample.request("/s/?sort=name&page=4&type=a")
    link = tables.sort_link(request, "name")
    assert link.direction == "ascending"
    assert link.href == "?sort=-name&type=a"
    assert tables.sort_link(request, "places").direction == "none"


def test_table_says_how_many_rows_and_totals_come_first():
    html = sample.render(
        TABLES + "{% set c = [col('А'), col('Б', 'number')] %}"
        "{{ tables.simple(request, 'Т', c, [['х', 1500]], totals=[none, 1500], count=1) }}",
        sample.request(),
    )
    assert "1 ред" in html
    assert html.index("Общо") < html.index(">х<")
    assert 'data-label="Б"' in html


def test_cells_are_escaped():
    html = sample.render(
        TABLES + "{{ tables.simple(request, 'Т', [col('А')], [['<b>']]) }}", sample.request()
    )
    assert "&lt;b&gt;" in html


def test_chosen_filters_can_be_removed_one_by_one():
    request = sample.request()
    chips = filters.chosen_filters(request, sample.filter_form(request))
    assert [(chip.label, chip.text) for chip in chips] == [("Община", "Ловеч"), ("Със свободни места", "да")]
    assert chips[0].href == "?sort=-places&free=on"


@pytest.mark.parametrize(
    ("pages", "current", "shown"),
    [(1, 1, [1]), (3, 2, [1, 2, 3]), (16, 3, [1, 2, 3, 4, None, 16]), (9, 9, [1, None, 8, 9])],
)
def test_page_window(pages, current, shown):
    assert controls.page_window(Paginator(range(pages), 1).page(current)) == shown


def test_an_unknown_name_fails_the_page():
    with pytest.raises(jinja2.UndefinedError):
        sample.render("{{ nothing_like_this }}")


def test_live_progress_stops_when_done():
    running = "{% import 'ui/progress.html' as p %}{{ p.live('j', 340, 1000, 'Обработени 340', HREF) }}"
    assert 'hx-get="/j/"' in sample.render(running.replace("HREF", "'/j/'"))
    assert "hx-get" not in sample.render(running.replace("HREF", "none"))


def test_confirm_page_keeps_what_the_caller_adds():
    html = sample.render(
        FORMS + "{% call forms.confirm(request, 'Изпрати', '/', warning='Тръгва') %}<i>поле</i>{% endcall %}",
        sample.request(),
    )
    assert html.index("<form") < html.index("<i>поле</i>") < html.index("</form>")


def test_a_table_without_rows_says_so():
    html = sample.render(TABLES + "{{ tables.simple(request, 'Карти', [col('А')], []) }}", sample.request())
    assert "<table" not in html
    assert "Няма редове за показване." in html
