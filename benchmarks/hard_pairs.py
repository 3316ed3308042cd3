"""Hard pairs: 200 paraphrases against 200 near-copies in which one thing was changed. All sentences are invented.

    python benchmarks/hard_pairs.py > benchmarks/hard_pairs.tsv

A scene is one event worded twice and denied once, with slots for two parties, a place, a figure and a day. A paraphrase pair puts the same
values into both wordings; a changed pair has another figure, day, place or actor, the two parties swapped, or a negation, now in the same
wording, now in the other one. Lines are label (1 the same, 0 changed), kind, the two sentences. Output is the same on every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Scene(NamedTuple):
    """Two wordings and a denial; {a} and {b} are parties, {p} a place, {n} a figure, {d} a day."""

    first: str
    second: str
    denial: str


class Fill(NamedTuple):
    """Values of the slots, and another value for each."""

    a: str
    b: str
    p: str
    n: str
    d: str
    other_a: str
    other_p: str
    other_n: str
    other_d: str


PEOPLE = (
    Fill("Marcus Hale", "Ines Duarte", "Brackwater", "14", "Monday", "Piotr Wolny", "Ostrava", "41", "Thursday"),
    Fill("Amina Yusuf", "Viktor Lang", "Tallmere", "23", "Oct. 3", "Ruth Keller", "Dunholm", "32", "Oct. 8"),
    Fill("Josef Brandt", "Leila Haddad", "Kestrel Bay", "six", "Friday", "Dario Conti", "Norville", "nine", "Sunday"),
    Fill("Grace Oduya", "Henrik Moe", "Santa Rilla", "120", "March 11", "Tomas Vidal", "Eastgate", "210", "March 17"),
    Fill("Elena Petrova", "Samuel Crane", "Harrow Point", "35", "Tuesday", "Nadia Rahman", "Velm", "53", "Saturday"),
    Fill("Omar Siddiq", "Clara Jensen", "Lindenau", "eight", "June 2", "Paul Ferris", "Mirecourt", "three", "June 9"),
    Fill("Rosa Almeida", "Dmitri Orlov", "Westbrook", "17", "Wednesday", "Hugo Stern", "Calder", "71", "Friday"),
    Fill("Karin Holm", "Femi Adeyemi", "Port Alder", "64", "Aug. 20", "Lucas Meyer", "Zelnik", "46", "Aug. 26"),
)
BODIES = (
    Fill("Norvia", "Estmark", "Brackwater", "14", "Monday", "Ruland", "Ostrava", "41", "Thursday"),
    Fill("the Harbour Union", "the Transit Board", "Tallmere", "23", "Oct. 3", "the Teachers League", "Dunholm", "32", "Oct. 8"),
    Fill("Calvo Steel", "Brenner Rail", "Kestrel Bay", "six", "Friday", "Ormond Shipping", "Norville", "nine", "Sunday"),
    Fill("Ruland", "Norvia", "Santa Rilla", "120", "March 11", "Saravia", "Eastgate", "210", "March 17"),
    Fill("Delmar Energy", "Quill Foods", "Harrow Point", "35", "Tuesday", "Tarn Mining", "Velm", "53", "Saturday"),
    Fill("Estmark", "Saravia", "Lindenau", "eight", "June 2", "Norvia", "Mirecourt", "three", "June 9"),
    Fill("the Northern Front", "the Coastal Guard", "Westbrook", "17", "Wednesday", "the Hill Brigade", "Calder", "71", "Friday"),
    Fill("Vesta Air", "Polar Lines", "Port Alder", "64", "Aug. 20", "Kite Travel", "Zelnik", "46", "Aug. 26"),
)
PERSONAL = (
    Scene("{a} sued {b} in {p} on {d}, asking for {n} million dollars.", "In {p}, a lawsuit for {n} million dollars against {b} was filed on {d} by {a}.",
          "{a} did not sue {b} in {p} on {d}."),
    Scene("{a} beat {b} by {n} votes in the {p} election on {d}.", "{b} lost the {d} ballot in {p} to {a}, who was {n} votes ahead.",
          "{a} did not beat {b} in the {p} election on {d}."),
    Scene("{a} accused {b} on {d} of stealing {n} paintings from a museum in {p}.",
          "On {d}, {a} said that {b} had taken {n} works of art from a gallery in {p}.",
          "{a} never accused {b} of stealing paintings from a museum in {p}."),
    Scene("{a} met {b} at a hotel in {p} on {d} for {n} hours.", "{a} came to {p} on {d} and held {n} hours of talks with {b} at a hotel there.",
          "{a} did not meet {b} at a hotel in {p} on {d}."),
    Scene("{a} fired {b} and {n} other managers at the {p} plant on {d}.", "{b} and {n} more executives of the factory in {p} were dismissed by {a} on {d}.",
          "{a} did not fire {b} or other managers at the {p} plant on {d}."),
    Scene("{a} shot {b} {n} times outside a bar in {p} on {d}.", "Outside a pub in {p} on {d}, {b} was hit by {n} bullets fired by {a}.",
          "{a} did not shoot {b} outside a bar in {p} on {d}."),
    Scene("{a} replaced {b} as mayor of {p} on {d} after {n} years.", "After {n} years in office {b} handed the post of mayor of {p} over to {a} on {d}.",
          "{a} did not replace {b} as mayor of {p} on {d}."),
    Scene("{a} lent {b} {n} thousand euros to buy a house in {p} on {d}.",
          "{b} borrowed {n} thousand euros from {a} on {d} to purchase a home in {p}.",
          "{a} never lent {b} money to buy a house in {p}."),
    Scene("{a} warned {b} in {n} letters about the dam at {p} before {d}.", "Before {d}, {b} had been told in {n} letters by {a} of the danger at the {p} dam.",
          "{a} did not warn {b} about the dam at {p} before {d}."),
    Scene("{a} testified on {d} that {b} had paid {n} bribes in {p}.", "{b} bribed officials in {p} {n} times, {a} told the court on {d}.",
          "{a} did not testify on {d} that {b} had paid bribes in {p}."),
    Scene("{a} succeeded {b} on {d} as head of the {p} hospital and its {n} clinics.",
          "The hospital of {p} with its {n} clinics has been led since {d} by {a}, who followed {b}.",
          "{a} did not succeed {b} as head of the {p} hospital on {d}."),
    Scene("{a} nominated {b} on {d} for a court in {p} with {n} judges.", "{b} was named on {d} by {a} to the bench of {n} judges in {p}.",
          "{a} did not nominate {b} on {d} for a court in {p}."),
)
PUBLIC = (
    Scene("{a} attacked {b} near {p} on {d}, killing {n} soldiers.", "{n} troops died near {p} on {d} when {b} was hit by a strike of {a}.",
          "{a} did not attack {b} near {p} on {d}."),
    Scene("{a} agreed on {d} to buy {n} percent of {b} in a deal signed in {p}.",
          "In {p} a contract was signed on {d} under which {b} sells {n} percent of itself to {a}.",
          "{a} did not agree on {d} to buy any part of {b} in {p}."),
    Scene("{a} handed {n} prisoners over to {b} at {p} on {d}.", "{b} received {n} captives from {a} at {p} on {d}.",
          "{a} did not hand prisoners over to {b} at {p} on {d}."),
    Scene("{a} blamed {b} on {d} for the fire that killed {n} workers in {p}.",
          "{b} is responsible for the blaze in {p} in which {n} labourers perished, {a} said on {d}.",
          "{a} did not blame {b} for the fire in {p} on {d}."),
    Scene("{a} supplied {b} with {n} trucks at {p} on {d}.", "{b} got {n} lorries from {a} at {p} on {d}.",
          "{a} did not supply {b} with trucks at {p} on {d}."),
    Scene("{a} ended its strike against {b} in {p} on {d} after {n} days.", "The walkout of {a} at {b} in {p}, which lasted {n} days, was over on {d}.",
          "{a} did not end its strike against {b} in {p} on {d}."),
    Scene("{a} closed {n} offices that it shared with {b} in {p} on {d}.", "{n} bureaus in {p} that {a} ran together with {b} were shut down on {d}.",
          "{a} did not close the offices that it shared with {b} in {p} on {d}."),
    Scene("{a} fined {b} {n} million pounds on {d} for polluting the river at {p}.",
          "For fouling the water of the river at {p}, {b} must pay a penalty of {n} million pounds, {a} ruled on {d}.",
          "{a} did not fine {b} for polluting the river at {p}."),
    Scene("{a} seized {n} boats of {b} off {p} on {d}.", "{n} vessels that belong to {b} were captured off {p} by {a} on {d}.",
          "{a} did not seize boats of {b} off {p} on {d}."),
    Scene("{a} invited {b} to talks in {p} on {d} with {n} delegates.", "{n} delegates of {b} were asked by {a} to negotiations in {p} on {d}.",
          "{a} did not invite {b} to talks in {p} on {d}."),
    Scene("{a} evacuated {n} staff of {b} from {p} on {d}.", "{n} employees of {b} were brought out of {p} by {a} on {d}.",
          "{a} did not evacuate staff of {b} from {p} on {d}."),
    Scene("{a} cancelled {n} flights that {b} had booked from {p} for {d}.", "{n} departures from {p} ordered by {b} for {d} were called off by {a}.",
          "{a} did not cancel flights that {b} had booked from {p} for {d}."),
    Scene("{a} signed a treaty with {b} in {p} on {d} that runs {n} years.", "A pact between {a} and {b} was concluded in {p} on {d} for {n} years.",
          "{a} did not sign a treaty with {b} in {p} on {d}."),
)
KINDS = ("number", "date", "role", "actor", "negation", "place")
MUTUAL = frozenset({"{a} met", "{a} signed a treaty"})
"""Openings of scenes in which both parties do the same: swapping them changes nothing."""


def render(template: str, fill: Fill) -> str:
    """The wording with its slots filled, opening with a capital."""
    text = template.format(**fill._asdict())
    return text[0].upper() + text[1:]


def changed(scene: Scene, fill: Fill, kind: str, wording: str) -> str:
    """The wording with one thing changed."""
    values = {
        "number": {"n": fill.other_n},
        "date": {"d": fill.other_d},
        "role": {"a": fill.b, "b": fill.a},
        "actor": {"a": fill.other_a},
        "place": {"p": fill.other_p},
        "negation": {},
    }[kind]
    return render(scene.denial if kind == "negation" else wording, fill._replace(**values))


def hard_pairs() -> Iterator[tuple[int, str, str, str]]:
    """(label, kind, first, second) of the 400 pairs, in a fixed order."""
    number = 0
    for scenes, fills in ((PERSONAL, PEOPLE), (PUBLIC, BODIES)):
        for scene in scenes:
            for n, fill in enumerate(fills):
                yield 1, "paraphrase", render(scene.first, fill), render(scene.second, fill)
                kind = KINDS[number % len(KINDS)]
                if kind == "role" and scene.first.startswith(tuple(MUTUAL)):
                    kind = "place"
                wording = scene.second if n % 4 == 3 else scene.first
                yield 0, kind, render(scene.first, fill), changed(scene, fill, kind, wording)
                number += 1


def main() -> None:
    for label, kind, one, two in hard_pairs():
        print(label, kind, one, two, sep="\t")


if __name__ == "__main__":
    main()
