"""The Content-Security-Policy of a stack: the deployed one, plus this machine's addresses."""

import json

import pytest

from stack import csp, emulators, web
from stack.layout import CHECKOUT
from stack.ports import Ports


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";")}


def test_addresses_are_added_where_they_are_needed_and_nothing_else_changes() -> None:
    policy = "default-src 'self'; connect-src 'self' https://a.example; object-src 'none'"
    local = directives(csp.with_origins(policy, {"connect-src": ["http://127.0.0.1:1"]}))
    assert local == {
        "default-src": ["'self'"],
        "connect-src": ["'self'", "https://a.example", "http://127.0.0.1:1"],
        "object-src": ["'none'"],
    }


def test_none_gives_way_to_an_address() -> None:
    assert csp.with_origins("frame-src 'none'", {"frame-src": ["http://x"]}) == "frame-src http://x"


def test_a_directive_that_falls_back_keeps_what_it_fell_back_to() -> None:
    local = directives(csp.with_origins("default-src 'self'", {"frame-src": ["http://x"]}))
    assert local["frame-src"] == ["'self'", "http://x"]


def test_an_address_is_never_added_twice() -> None:
    once = csp.with_origins("connect-src 'self'", {"connect-src": ["http://x", "http://x"]})
    assert csp.with_origins(once, {"connect-src": ["http://x"]}) == once


def test_a_stacks_policy_differs_from_the_deployed_one_in_two_directives_only() -> None:
    deployed = json.loads((CHECKOUT / "firebase.json").read_text())
    ports = Ports(20000)
    local = emulators.configuration(deployed, ports, web.origins(ports))
    before, after = (
        directives(
            next(
                header["value"]
                for rule in hosting["headers"]
                for header in rule["headers"]
                if header["key"] == "Content-Security-Policy"
            )
        )
        for hosting in (deployed["hosting"], local["hosting"])
    )
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"connect-src", "frame-src"}
    for name in changed:
        added = set(after[name]) - set(before[name])
        assert set(before[name]) <= set(after[name])
        assert all(origin.startswith("http://127.0.0.1:200") for origin in added)


def test_the_deployed_policy_is_strict() -> None:
    deployed = json.loads((CHECKOUT / "firebase.json").read_text())
    policy = json.dumps(
        [
            rule
            for rule in deployed["hosting"]["headers"]
            if not rule["source"].startswith("/sandbox/")
        ]
    )
    assert "unsafe" not in policy
    assert "127.0.0.1" not in policy
    assert deployed["hosting"]["rewrites"][-1] == {
        "source": "!/assets/**",
        "destination": "/index.html",
    }


@pytest.mark.parametrize(("page", "images"), [("preview", "data:"), ("image", "https:")])
def test_what_a_model_wrote_runs_without_an_origin_and_fetches_nothing_but_images(
    page: str, images: str
) -> None:
    deployed = json.loads((CHECKOUT / "firebase.json").read_text())["hosting"]
    local = csp.local_hosting(deployed, ["http://127.0.0.1:1"], ["http://127.0.0.1:2"])
    for hosting in (deployed, local):
        [rule] = [rule for rule in hosting["headers"] if rule["source"] == f"/sandbox/{page}.html"]
        policy = directives(rule["headers"][0]["value"])
        assert policy["sandbox"] == ["allow-scripts"]
        assert policy["default-src"] == ["'none'"]
        assert policy["img-src"] == [images]
        assert policy["frame-ancestors"] == ["'self'"]
        assert policy["script-src"] == policy["style-src"] == ["'unsafe-inline'"]
        assert not policy.keys() & {"connect-src", "frame-src", "form-action", "worker-src"}
