"""The deployment itself: its order, and where it stops."""

from support.checkouts import PROJECT, Checkout

ALL = ["firestore:indexes", "firestore:rules", "functions", "hosting"]


def test_indexes_and_rules_first_then_functions_then_hosting(checkout: Checkout) -> None:
    done = checkout.deploy()
    assert done.code == 0, done.output
    assert done.deployed == ALL
    assert f"https://{PROJECT}.web.app" in done.output
    for call in done.calls:
        assert call[call.index("--project") + 1] == PROJECT
        if call[1] == "deploy":
            assert "--non-interactive" in call
            assert "--force" not in call


def test_it_stops_at_the_first_failure_and_says_what_is_live(checkout: Checkout) -> None:
    checkout.answers["firebase deploy --only functions"] = {"fails": "Error: build failed"}
    done = checkout.deploy()
    assert done.code != 0
    assert done.deployed == ALL[:3]
    assert "Error: build failed" in done.output
    assert "New and live: indexes, rules. Perhaps in part: functions. As before: the web app." in (
        done.output
    )


def test_rules_that_google_refuses_leave_everything_but_indexes_as_it_was(
    checkout: Checkout,
) -> None:
    checkout.answers["firebase deploy --only firestore:rules"] = {"fails": "Error: rules"}
    done = checkout.deploy()
    assert done.deployed == ALL[:2]
    assert "As before: functions, the web app." in done.output


def test_the_first_deployment_of_functions_sets_the_rule_for_old_images(checkout: Checkout) -> None:
    checkout.answers["firebase deploy --only functions"] = {
        "fails": "Error: Functions successfully deployed but could not set up cleanup policy in "
        "location us-central1."
    }
    done = checkout.deploy()
    policy = next(call for call in done.calls if call[1] == "functions:artifacts:setpolicy")
    assert policy[policy.index("--location") + 1] == "us-central1"
    # Deployed again after that, since this end hides whether each function was.
    assert done.deployed == [*ALL[:3], "functions"]


def test_an_alias_is_passed_on_and_brings_its_settings(checkout: Checkout) -> None:
    checkout.write(".firebaserc", f'{{"projects": {{"live": "{PROJECT}"}}}}')
    (checkout.folder / f"functions/.env.{PROJECT}").unlink()
    checkout.write("functions/.env.live", "PROVIDERS=openai\n")
    done = checkout.deploy(project="live")
    assert done.code == 0, done.output
    assert done.line("PROVIDERS").endswith("openai")
    assert {call[call.index("--project") + 1] for call in done.calls if call[0] == "firebase"} == {
        "live"
    }
