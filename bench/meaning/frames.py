"""Questions with a gap, in two ways that ask the same, and values of which no two ask the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """`kind` names what two values differ in."""

    language: str
    kind: str
    ways: tuple[str, str]
    values: tuple[str, ...]


_YEARS = ("1987", "1996", "2003", "2011", "2019", "2023", "2024")
_COUNTRIES = ("Norway", "Poland", "Peru", "Ghana", "Japan", "Chile", "Iran", "Iraq")
_AMOUNTS = ("3", "4", "7", "12", "40", "150", "1,500")
_FOODS = ("grapes", "almonds", "cheese", "raw fish", "mushrooms", "honey", "garlic", "rice")
_ILLNESSES = ("asthma", "measles", "gout", "migraine", "anaemia", "shingles", "tetanus", "flu")
_FUNCTIONS = ("zip", "map", "filter", "sorted", "reversed", "enumerate", "any", "all")
_TONGUES = ("Dutch", "Danish", "Finnish", "Greek", "Turkish", "Korean", "Swahili", "Czech")

FRAMES = (
    Frame(
        "en",
        "name",
        ("What is the capital of {}?", "Which city is the capital of {}?"),
        _COUNTRIES,
    ),
    Frame(
        "en",
        "name",
        ("How many people live in {}?", "What is the population of {}?"),
        _COUNTRIES,
    ),
    Frame(
        "en",
        "year",
        ("What were the most important inventions of {}?", "Which inventions of {} mattered most?"),
        _YEARS,
    ),
    Frame(
        "en",
        "year",
        (
            "What was the unemployment rate in France in {}?",
            "How high was French unemployment in {}?",
        ),
        _YEARS,
    ),
    Frame(
        "en",
        "number",
        ("How do I cook pasta for {} people?", "Cooking pasta for {} guests"),
        _AMOUNTS,
    ),
    Frame(
        "en",
        "number",
        (
            "Write a thank-you letter of {} words.",
            "I need a letter of {} words that says thank you.",
        ),
        _AMOUNTS,
    ),
    Frame(
        "en",
        "word",
        ("Can dogs eat {}?", "Is it safe to give {} to my dog?"),
        _FOODS,
    ),
    Frame(
        "en",
        "word",
        ("How do I store {}?", "What is the best way to keep {}?"),
        _FOODS,
    ),
    Frame(
        "en",
        "word",
        ("What are the symptoms of {}?", "How do I recognise {}?"),
        _ILLNESSES,
    ),
    Frame(
        "en",
        "word",
        ("Is {} contagious?", "Can I catch {} from somebody?"),
        _ILLNESSES,
    ),
    Frame(
        "en",
        "code",
        ("What does {}() do in Python?", "Explain Python's function {}()."),
        _FUNCTIONS,
    ),
    Frame(
        "en",
        "language",
        ("How do I say good morning in {}?", "What is {} for good morning?"),
        _TONGUES,
    ),
    Frame(
        "de",
        "word",
        ("Wie pflege ich {}?", "Was brauchen {}, damit es ihnen gut geht?"),
        ("Rosen", "Kakteen", "Tomaten", "Orchideen", "Farne", "Tulpen", "Gurken", "Efeututen"),
    ),
    Frame(
        "de",
        "year",
        ("Was geschah {} in Deutschland?", "Welche Ereignisse gab es {} in Deutschland?"),
        _YEARS,
    ),
    Frame(
        "fr",
        "word",
        ("Comment nettoyer {} ?", "Quelle est la meilleure façon de laver {} ?"),
        ("un tapis", "un four", "une vitre", "un matelas", "une poêle", "un clavier", "un évier"),
    ),
    Frame(
        "fr",
        "name",
        ("Où se trouve {} ?", "Dans quel pays est située {} ?"),
        ("Lima", "Accra", "Oslo", "Hanoï", "Quito", "Riga", "Dakar"),
    ),
    Frame(
        "es",
        "word",
        ("¿Cómo se prepara {}?", "¿Cuál es la receta de {}?"),
        ("la tortilla", "el gazpacho", "la fabada", "el ceviche", "el mole", "la horchata"),
    ),
    Frame(
        "es",
        "year",
        ("¿Qué película ganó el Óscar en {}?", "¿A qué película le dieron el Óscar en {}?"),
        _YEARS,
    ),
)
