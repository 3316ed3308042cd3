"""The registry: what it refuses and how it says so, how a user's file extends it, and whom it finds by address, handle and name."""
from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import RegistryError
from tracker.model import OUTLET_KINDS
from tracker.registry import Registry, extend, parse_registry
from tracker.tables import TABLES, listed

BUILTIN = Path(__file__).resolve().parents[1] / "sources.yaml"

SMALL = """\
controllers:
- {id: crown, name: The Crown}
- {id: ministry, name: Ministry of Posts, controller: crown}
countries:
  KE: [Kenya, Kenyan]
  KR: [South Korea, South Korean]
outlets:
- id: wire
  name: Western Wire
  kind: agency
  aliases: [WW, Western Wire Service]
  domains: [westernwire.example]
- id: evening
  name: The Evening Post
  kind: newspaper
  aliases: [Evening Post of Elbe]
  domains: [evening.example, news.example/evening]
  handles: ["@evening_post"]
  carries: [wire]
- {id: news, name: News Example, domains: [news.example, WWW.News-Two.example/]}
- {id: sun, name: The Sun, kind: newspaper, ordinary: true}
- {id: moment, name: Moment, kind: magazine, ordinary: true}
- {id: gazette, name: Official Gazette, kind: state-media, controller: ministry}
- {id: service, name: Harbour Intelligence Service, kind: official, country: KR}
"""


@pytest.fixture(scope="module")
def small() -> Registry:
    """A registry of seven outlets."""
    return parse_registry(SMALL)


@pytest.fixture(scope="module")
def builtin() -> Registry:
    """The registry that ships with the tracker."""
    return parse_registry(BUILTIN.read_text(encoding="utf-8"))


def refusal(text: str, base: Registry | None = None) -> str:
    """What a registry is refused with."""
    with pytest.raises(RegistryError) as caught:
        parse_registry(text, file="mine.yaml", base=base)
    return str(caught.value)


def cells(registry: Registry, outlet_id: str, column: str) -> list[str]:
    """A list cell of the outlets table."""
    return [str(x) for x in listed(str(registry.outlets.set_index("outlet_id").at[outlet_id, column]))]


A = "outlets:\n- id: a\n  name: Alpha\n"  # three lines: a fault added after it stands on line 4


@pytest.mark.parametrize(("text", "line", "words"), [
    ("outlets:\n- id: a\n name: b", 3, "not YAML"),
    ("outlets: [\n", 2, "not YAML"),
    ("outlets:\n- id: a\n  name: \x07", 3, "U+0007"),
    ("outlets:\n- id: a\n  name: \ud800", 3, "U+D800"),
    ("outlets:\n- !!python/object:os.system x", 2, "tag"),
    ("outlets:\n- &a {id: a, name: b}\n- *a", 2, "anchor"),
    ("outlets: *a", 1, "alias"),
    ("\n" * 2_000_001, 1, "smaller registries"),
    (A + "---\noutlets: []\n", 4, "second document"),
    ("- id: a", 1, '"outlets:"'),
    ("sources:\n- id: a", 1, 'unknown section "sources"'),
    ("outlets:\n  a: b", 1, "must be a list"),
    ("outlets:\n- just words", 2, "not an entry"),
    (A + "  domain: a.example", 4, 'did you mean "domains"'),
    (A + "  name: Again", 4, "stands twice"),
    ("outlets:\n- name: The Alpha", 2, 'add "id: the-alpha"'),
    ("outlets:\n- id: a", 2, "has no name"),
    ("outlets:\n- id: Big Paper\n  name: b", 2, '"big-paper"'),
    (A + "- id: a\n  name: Beta", 4, "taken by the entry on line 2"),
    (A + "controllers:\n- id: a\n  name: Beta", 2, "taken"),
    (A + "  kind: newspapper", 4, 'did you mean "newspaper"'),
    (A + "  country: UK", 4, "use GB"),
    (A + "  country: kr", 4, "use KR"),
    (A + "  country: EU", 4, "use null"),
    (A + "  lang: english", 4, "ISO 639-1"),
    (A + "  reliability: G", 4, "A to F"),
    (A + "  ordinary: perhaps", 4, "true or false"),
    (A + "  domains: [https://a.example/]", 4, "only the host"),
    (A + "  domains: [localhost]", 4, "bad domain"),
    (A + "  domains: [co.uk]", 4, "suffix"),
    (A + "  handles: [a b]", 4, "bad handle"),
    (A + "  aliases: ['...']", 4, "no letters"),
    (A + "  aliases: [[x]]", 4, "list of words"),
    (A + "  name2: x", 4, "unknown key"),
    (A + "  note: " + "x" * 400, 4, "400 characters"),
    (A + "- id: b\n  name: Beta\n  aliases: [The alpha]", 6, 'belongs to "a" (line 2)'),
    (A + "  domains: [x.example]\n- id: b\n  name: Beta\n  domains: [x.example]", 7, "domain"),
    (A + "  handles: [X]\n- id: b\n  name: Beta\n  handles: ['@x']", 7, "handle"),
    (A + "  controller: nobody", 4, "which nobody has"),
    (A + "  controller: b\n- id: b\n  name: Beta\n  controller: a", 4, "ring"),
    (A + "  carries: [x]", 4, "no outlet"),
    (A + "  carries: [a]", 4, "itself"),
    ("countries:\n  QQ: [Qland]", 2, "ISO 3166-1"),
    ("countries:\n  KE: [Kenya]\n  KR: [Kenya]", 3, "delete one"),
])
def test_every_fault_names_its_line_and_mend(text: str, line: int, words: str) -> None:
    """A wrong registry is refused with file, line and what to do."""
    message = refusal(text)
    assert f"mine.yaml:{line}: " in message
    assert words in message


def test_faults_are_told_together_up_to_twenty() -> None:
    """All faults of a file come at once; beyond twenty only their number."""
    text = "outlets:\n" + "".join(f"- {{id: a{n}, name: Name {n}, kind: wrong}}\n" for n in range(30))
    lines = refusal(text).splitlines()
    assert [line.split(":")[1] for line in lines[:-1]] == [str(n) for n in range(2, 22)]
    assert lines[-1].startswith("and 10 more")


BOMBS = {
    "aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" for n in range(9)),
    "nesting": "outlets: " + "[" * 900_000,
    "mappings": "outlets: " + "{a: " * 400_000,
    "size": "outlets:\n" + "- {id: a, name: b}\n" * 200_000,
    "chain": "controllers:\n" + "".join(f"- {{id: a{n}, name: b, controller: a{n + 1}}}\n" for n in range(40_000)),
    "dangling": "outlets:\n" + "".join(f"- {{id: a{n}, name: b{n}, controller: z{n}}}\n" for n in range(30_000)),
    "long word": "outlets:\n- id: a\n  kind: " + "k" * 1_500_000,
    "long key": "outlets:\n- ? " + "k" * 1_500_000 + "\n  : b",
    "one claim": "outlets:\n- id: a\n  name: b\n  aliases: [" + "x, " * 400_000 + "x]\n  colour: red",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_quickly(bomb: str) -> None:
    """No file makes the reader grow, recurse or stall, nor print pages of it."""
    start = time.process_time()
    assert len(refusal(bomb)) < 10_000
    assert time.process_time() - start < 8


@given(st.text(alphabet=st.sampled_from("aid:- \n[]{},&*!|>'\"#?%@name outlets\t\x00\ud800é"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in the file, the answer is a registry or a RegistryError."""
    for given_text in (text, A + text):
        try:
            parse_registry(given_text)
        except RegistryError as error:
            assert str(error).startswith("sources.yaml:")


def test_words_that_yaml_would_turn_stay_words() -> None:
    """Norway's "NO" is a country and not a falsehood, a name may be a number."""
    registry = parse_registry("outlets:\n- {id: a, name: 1e3, country: NO, reliability: null}")
    assert (registry.name("a"), registry.country("a"), registry.reliability("a"), registry.kind("a")) == ("1e3", "NO", "", "online")


def test_outlets_are_a_table(small: Registry) -> None:
    """The registry's frame has the columns of the table, and lists as JSON."""
    assert list(small.outlets.columns) == list(TABLES["outlets"].columns)
    assert cells(small, "evening", "domains") == ["evening.example", "news.example/evening"]
    assert cells(small, "evening", "handles") == ["evening_post"]
    assert dict(small.controllers) == {"crown": "The Crown", "ministry": "Ministry of Posts"}


def test_order_in_the_file_changes_nothing(small: Registry) -> None:
    """The same entries in another order give the same registry."""
    head, *entries = SMALL.split("outlets:\n")[1].split("\n- ")
    entries = [head.removeprefix("- "), *entries]
    turned = parse_registry(SMALL.split("outlets:\n")[0] + "outlets:\n" + "".join(f"- {e.strip()}\n" for e in reversed(entries)))
    assert turned.outlets.equals(small.outlets)
    assert turned.entries == small.entries


def test_a_registry_travels_to_another_process(small: Registry) -> None:
    """It can be pickled for a process pool and answers as before."""
    assert pickle.loads(pickle.dumps(small)).by_name("the Evening Post") == "evening"


@pytest.mark.parametrize(("url", "outlet"), [
    ("https://evening.example/a/b?c=d", "evening"),
    ("http://WWW.Edition.Evening.Example:8080/x", "evening"),
    ("//evening.example", "evening"),
    ("evening.example/story", "evening"),
    ("https://user:pw@evening.example./x", "evening"),
    ("https://news.example/evening/1", "evening"),
    ("https://news.example/eveningwear", "news"),
    ("https://sport.news.example/", "news"),
    ("https://news-two.example/", "news"),
    ("https://t.me/evening_post/12", "evening"),
    ("https://t.me/s/Evening_Post", "evening"),
    ("https://notevening.example/", ""),
    ("https://evening.example.evil.example/", ""),
    ("https://evil.example/https://evening.example/", ""),
    ("https://evil.example@news.example/", "news"),
    ("mailto:desk@evening.example", ""),
    ("https://[::1]/", ""), ("http://", ""), ("", ""), ("\x00", ""), ("evening", ""),
])
def test_outlets_by_address(small: Registry, url: str, outlet: str) -> None:
    """Subdomains belong to their domain, the longest domain and path wins, and look-alikes do not count."""
    assert small.by_url(url) == outlet


def test_outlets_by_handle(small: Registry) -> None:
    """Account names are found with and without "@", in any case."""
    assert [small.by_handle(h) for h in ("@Evening_Post", "evening_post", "evening", "")] == ["evening", "evening", "", ""]


@pytest.mark.parametrize(("name", "outlet"), [
    ("the Evening Post", "evening"), ("EVENING POST", "evening"), ("Evening Post newspaper", "evening"),
    ("“The Evening Post”", "evening"),
    ("Evening Post's", "evening"), ("Elbe's daily newspaper the Evening Post", "evening"),
    ("an editor of the Evening Post", ""), ("an editor at the state news agency Western Wire", ""), ("the daily Evening Post", "evening"),
    ("the state news agency Western Wire", "wire"), ("Western Wire news agency", "wire"), ("Western  Wire\nService", "wire"),
    ("the Western Wire (Elbe)", "wire"), ("WW", "wire"), ("ww", ""), ("WW news agency", "wire"),
    ("The Sun", "sun"), ("the Sun", "sun"), ("Sun", ""), ("the sun", ""), ("Sun newspaper", "sun"), ("Moment", "moment"), ("moment", ""),
    ("South Korea's Harbour Intelligence Service", "service"), ("Kenya's Harbour Intelligence Service", ""),
    ("@evening_post", "evening"), ("www.evening.example", "evening"),
    ("Evening Post reporter Ann Lee", ""), ("Post", ""), ("", ""), ("x" * 5000, ""), ("the", ""),
])
def test_outlets_by_name(small: Registry, name: str, outlet: str) -> None:
    """A phrase names an outlet when nothing but articles, possessives and press words stands round the name."""
    assert small.by_name(name) == outlet


@pytest.mark.parametrize(("text", "found"), [
    ("Western Wire Service said", ["Western Wire Service"]),
    ("told the Western Wire and The Evening Post of Elbe", ["Western Wire", "Evening Post of Elbe"]),
    ("The Evening Post’s editor", ["The Evening Post"]),
    ("WESTERN\nWIRE", ["WESTERN\nWIRE"]),
    ("a western wire fence", []), ("Midwestern Wire", []), ("WWF and ww", []), ("(WW) --", ["WW"]),
    ("WW KILLED IN THE FLOOD", []),
    ("He left Western. Wire was bought.", []),
    ("The Sun rises over the Sun-lit bay.", []),
    ("It was seen by The Sun.", ["The Sun"]),
    ("He told the Sun on Friday", ["the Sun"]),
    ("The Sun reported it; the Sun newspaper did.", ["The Sun", "the Sun"]),
    ("Vincent Sun said so. Mr. Moment said no.", []),
    ("In Moment, he wrote", ["Moment"]), ("Moment of truth. A moment later, Moment Capital fell.", []), ("Moment magazine", ["Moment"]),
    ("The Harbour Intelligence Service", ["Harbour Intelligence Service"]), ("Kenyan Harbour Intelligence Service", []),
    ("Kenya's Harbour Intelligence Service", []), ("South Korea's Harbour Intelligence Service", ["Harbour Intelligence Service"]),
    ("sold to Western\n\nWire prices rose", []),
])
def test_names_in_printed_words(small: Registry, text: str, found: list[str]) -> None:
    """Names are found whole, longest first, at word borders; everyday words only where the outlet is meant."""
    assert [text[start:end] for start, end, _ in small.find_names(text)] == found


PIECES = ["Western ", "Wire ", "Service", "The ", "Sun", " said ", "WW", ".", "’s ", "\n", "é", "\u0301", "\x00", "İ"]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_spans_of_names_are_in_order_and_apart(text: str) -> None:
    """Whatever the text, spans lie inside it, do not overlap and begin and end at word borders."""
    registry = parse_registry(SMALL)
    last = 0
    for start, end, outlet in registry.find_names(text):
        assert last <= start < end <= len(text) and registry.knows(outlet)
        assert not (end < len(text) and text[end].isalnum()) and not (start and text[start - 1].isalnum())
        last = end


def test_controllers_are_followed_to_the_top(small: Registry) -> None:
    """An outlet's controller is the last of its chain; an outlet that speaks for itself has none."""
    assert [small.controller(x) for x in ("gazette", "ministry", "crown", "evening", "nobody")] == ["crown", "crown", "", "", ""]
    assert small.carries("evening") == ("wire",)
    assert (small.name("gazette"), small.kind("gazette"), small.name("crown")) == ("Official Gazette", "state-media", "The Crown")
    assert (small.name("nobody"), small.kind("nobody"), small.carries("nobody")) == ("", "", ())


def test_a_users_file_replaces_and_adds(small: Registry) -> None:
    """An entry with a known id replaces, others are added, references may point into the registry below."""
    quay = "- {id: quay, name: Quay Notes, controller: crown, carries: [wire], domains: [westernwire.example]}"
    mine = parse_registry("outlets:\n- {id: evening, name: Evening Post of Elbe}\n" + quay, base=small)
    both = extend(small, mine)
    assert both.by_name("Evening Post of Elbe") == "evening" and both.by_url("https://evening.example") == ""
    assert both.by_url("https://westernwire.example") == "quay" and both.by_name("Western Wire") == "wire"
    assert both.controller("quay") == "crown" and both.controller("gazette") == "crown"
    assert cells(both, "wire", "domains") == []
    assert len(both.outlets) == len(small.outlets) + 1
    assert small.by_url("https://westernwire.example") == "wire", "the registry below is left as it was"


@pytest.mark.parametrize(("text", "words"), [
    ("outlets:\n- {id: other, name: Western Wire}", 'use "id: wire" to replace'),
    ("outlets:\n- {id: crown, name: Crown News}", "is a controller of the registry"),
    ("outlets:\n- {id: other, name: Other, carries: [crown]}", "no outlet"),
])
def test_a_users_file_cannot_take_names_unseen(small: Registry, text: str, words: str) -> None:
    """What would make the two registries contradict each other is told, not settled in silence."""
    assert words in refusal(text, base=small)


def test_builtin_registry_is_whole(builtin: Registry) -> None:
    """The registry that ships is valid, large, and of every continent; every letter names its table."""
    outlets = builtin.outlets
    assert len(outlets) >= 150
    assert set(outlets["kind"]) <= set(OUTLET_KINDS)
    assert set("US UA RU KR KP CN IN GB FR DE NG KE ZA BR MX AR IL IR EG AU JP".split()) <= set(outlets["country"])
    lettered = outlets[outlets["reliability"] != ""]
    assert len(lettered) > 100 and lettered["note"].str.contains("letter: ").all()
    assert (outlets["kind"] == "agency").sum() >= 40


@pytest.mark.parametrize(("phrase", "outlet"), [
    ("the Kyiv Independent newspaper", "kyiv-independent"), ("AFP news agency", "afp"),
    ("South Korea's Yonhap news agency", "yonhap"),
    ("Russian state news agency TASS", "tass"),
    ("The Huffington Post", "huffpost"), ("Deutsche Presse-Agentur", "dpa"),
    ("the AP", "ap"), ("Ukraine's military intelligence", "hur"), ("the Israeli military", "idf"), ("Australian Defense Department", ""),
    ("North Korea's Central News Agency", "kcna"), ("Taiwan's Central News Agency", "cna-taiwan"), ("Time", "time-magazine"),
    ("time", ""), ("who", ""), ("us", ""), ("The Times", ""), ("Al-Jazeera", "al-jazeera"),
])
def test_builtin_names(builtin: Registry, phrase: str, outlet: str) -> None:
    """Usual ways to write well-known outlets lead to them; words that only look like them do not."""
    assert builtin.by_name(phrase) == outlet


@pytest.mark.parametrize(("url", "outlet"), [
    ("https://edition.cnn.com/2024/x", "cnn"),
    ("https://thecaucus.blogs.nytimes.com/2010/x", "new-york-times"),
    ("https://www.bbc.co.uk/russian/features-1", "bbc-russian"),
    ("https://www.bbc.co.uk/news/1", "bbc"), ("https://view.asiae.co.kr/article/1", "asia-business-daily"), ("https://www.rt.com/news/1", "rt"),
])
def test_builtin_addresses(builtin: Registry, url: str, outlet: str) -> None:
    """Sections, subdomains and language services lead to their outlet."""
    assert builtin.by_url(url) == outlet


def test_state_media_share_a_voice_and_public_broadcasters_do_not(builtin: Registry) -> None:
    """States stand over their media; a broadcaster that edits for itself has no controller."""
    assert {builtin.controller(x) for x in ("rt", "sputnik", "tass", "kremlin")} == {"russian-state"}
    assert {builtin.controller(x) for x in ("kcna", "rodong-sinmun")} == {"north-korean-state"}
    assert {builtin.controller(x) for x in ("bbc", "npr", "cbc", "yonhap", "reuters", "wall-street-journal", "new-york-post")} == {""}


def test_lookups_are_fast(builtin: Registry) -> None:
    """Thousands of lookups a second."""
    start = time.process_time()
    for _ in range(1000):
        builtin.by_name("the Russian state news agency TASS")
        builtin.by_url("https://edition.cnn.com/2024/x")
        builtin.find_names("According to the Kyiv Independent, officials told Reuters on Monday that the plan was dropped.")
    assert time.process_time() - start < 2.5
