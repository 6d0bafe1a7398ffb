"""The plan of `make deploy`: what stops a deployment before anything is touched, and what is said."""

import json

import pytest

from support.checkouts import ENABLED, PROJECT, Checkout, Deployed, make_checkout

NOT_SIGNED_IN = {"error": "Failed to authenticate, have you run firebase login?"}
ABSENT = {"error": "HTTP Error: 404, Secret [MISTRAL_API_KEY] not found or has no versions."}
CHANGING = {"deploy", "functions:secrets:set", "functions:delete", "functions:artifacts:setpolicy"}
FORBIDDEN = {
    "FIRESTORE_EMULATOR_HOST": "127.0.0.1:8080",
    "FUNCTIONS_EMULATOR": "true",
    "OPENAI_API_KEY": "sk-something",
    "APP_CHECK": "on",
    "DEFAULT_MODEL": "gemini/pro",
    "OPENAI_BASE_URL": "http://localhost:4000/v1",
    "OPENAI_API": "newest",
}


@pytest.fixture(scope="module")
def all_wrong(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """A deployment that is asked for where nearly everything is wrong."""
    checkout = make_checkout(tmp_path_factory.mktemp("wrong") / "checkout")
    checkout.set(THREADS="4", **FORBIDDEN)
    text = (checkout.folder / "firebase.json").read_text()
    text = text.replace("https://*.cloudfunctions.net", "").replace('".*", ', "")
    checkout.write("firebase.json", text)
    checkout.write("web/scripts/budgets.ts", "echo 200 of 180 KiB; exit 1")
    versions = [*ENABLED["secrets"], {"versionId": "2", "state": "DISABLED"}]
    accounts = checkout.answers["gcloud iam service-accounts list"]
    checkout.answers |= {
        "firebase functions:secrets:get MISTRAL_API_KEY": ABSENT,
        "firebase functions:secrets:get OPENAI_API_KEY": {"secrets": versions},
        "firebase apps:list": [],
        "firebase firestore:databases:list": [],
        "firebase functions:list": [
            {"id": "gemini", "region": "us-central1", "codebase": "default"},
            {"id": "somebody-elses", "region": "us-central1", "codebase": "other"},
        ],
        "gcloud iam service-accounts list": [
            one for one in accounts if "colonycraft-openai" not in one["email"]
        ],
        "gcloud projects get-iam-policy": {"bindings": []},
        "gcloud iam service-accounts get-iam-policy": {"bindings": []},
    }
    return checkout.deploy(FIREBASE_AUTH_EMULATOR_HOST="127.0.0.1:9099")


def test_a_dry_run_checks_everything_and_touches_nothing(in_order: Deployed) -> None:
    assert in_order.code == 0, in_order.output
    assert in_order.calls
    assert not [call for call in in_order.calls if call[1] in CHANGING]
    assert "Nothing was deployed." in in_order.output
    assert "  ✗" not in in_order.output


def test_the_value_of_a_secret_is_never_asked_for(in_order: Deployed) -> None:
    assert "functions:secrets:get" in {call[1] for call in in_order.calls}
    assert "functions:secrets:access" not in {call[1] for call in in_order.calls}


def test_functions_are_listed_with_their_options(in_order: Deployed) -> None:
    chat, mistral = in_order.line("chat"), in_order.line("mistral")
    assert chat.endswith("colonycraft-chat@")
    assert "80 at once, 300 s; OPENAI_API_KEY, ANTHROPIC_API_KEY" in chat
    assert "; MISTRAL_API_KEY; " in mistral
    assert "; no secret; " in in_order.line("api")
    assert "every 1 minutes" in in_order.line("sweep")
    assert "80 tasks at once" in in_order.line("worker")


def test_nothing_is_deployed_while_something_is_missing(all_wrong: Deployed) -> None:
    assert all_wrong.code != 0
    assert not [call for call in all_wrong.calls if call[1] in CHANGING]
    assert "Nothing was deployed." in all_wrong.output


def test_a_missing_secret_is_told_with_the_command(all_wrong: Deployed) -> None:
    assert "for chat, mistral" in all_wrong.line("✗ MISTRAL_API_KEY")
    assert f"functions:secrets:set MISTRAL_API_KEY --project {PROJECT}" in all_wrong.output


def test_a_disabled_secret_counts_as_missing(all_wrong: Deployed) -> None:
    assert "✗ OPENAI_API_KEY             is disabled, for chat, openai" in all_wrong.output


def test_fewer_threads_than_requests_at_once_are_told(all_wrong: Deployed) -> None:
    assert "is 4, but functions take 80" in all_wrong.line("✗ THREADS")


@pytest.mark.parametrize("name", FORBIDDEN)
def test_settings_that_must_not_be_deployed_are_told(all_wrong: Deployed, name: str) -> None:
    assert f"✗ {name} " in all_wrong.output
    assert "sk-something" not in all_wrong.output


def test_an_emulator_in_the_shell_is_told(all_wrong: Deployed) -> None:
    assert "FIREBASE_AUTH_EMULATOR_HOST" in all_wrong.line("✗ the shell")


def test_missing_accounts_and_roles_are_told_with_the_commands(all_wrong: Deployed) -> None:
    all_wrong.line("✗ service accounts")
    lines = all_wrong.output.splitlines()
    created = [line.split()[4] for line in lines if "service-accounts create" in line]
    assert created == ["colonycraft-openai"]
    granted = {
        line.split("serviceAccount:")[1].split("@")[0] for line in lines if "datastore.user" in line
    }
    sending = {f"colonycraft-{name}" for name in ("api", "chat", "sweep", "worker")}
    proxies = {f"colonycraft-{name}" for name in ("openai", "anthropic", "mistral", "ollama")}
    assert granted == sending | proxies
    calling = [line for line in lines if "roles/run.invoker" in line]
    assert ["colonycraft-worker" in line for line in calling] == [True]
    reading = [line for line in lines if "roles/firebaseauth.viewer" in line]
    names = {line.split("serviceAccount:")[1].split("@")[0] for line in reading}
    assert names == {"colonycraft-api"} | proxies
    acting = [line for line in lines if "roles/iam.serviceAccountUser" in line]
    assert len(acting) == len(sending)
    assert all(
        f"add-iam-policy-binding colonycraft-worker@{PROJECT}" in line and f"{name}@" in line
        for line, name in zip(acting, sorted(sending), strict=True)
    )


def test_who_may_act_as_worker_is_unchecked_where_google_does_not_tell(checkout: Checkout) -> None:
    checkout.answers["gcloud iam service-accounts get-iam-policy"] = {"error": "ERROR: denied"}
    plan = checkout.deploy(dry_run=True)
    assert plan.code == 0, plan.output
    assert "ERROR: denied" in plan.line("? worker's account")
    assert "add-iam-policy-binding colonycraft-worker@" in plan.output
    plan.line("✓ service accounts")


def test_a_worker_that_is_not_there_yet_is_in_order(checkout: Checkout) -> None:
    checkout.answers["gcloud run services get-iam-policy"] = {"error": "ERROR: Cannot find service"}
    plan = checkout.deploy(dry_run=True)
    assert plan.code == 0, plan.output
    plan.line("✓ service accounts")


def test_a_worker_that_is_open_to_everybody_stops_it(checkout: Checkout) -> None:
    checkout.answers["gcloud run services get-iam-policy"] = {
        "bindings": [{"role": "roles/run.invoker", "members": ["allUsers"]}]
    }
    plan = checkout.deploy()
    assert plan.code != 0
    assert "is open to allUsers" in plan.line("✗ worker")
    assert (
        f"gcloud run services remove-iam-policy-binding worker --region us-central1"
        f" --project {PROJECT} --member allUsers --role roles/run.invoker" in plan.output
    )
    assert plan.deployed == []


def test_functions_that_are_not_declared_any_more_are_told(all_wrong: Deployed) -> None:
    assert "functions:delete gemini --region us-central1" in all_wrong.output
    assert "somebody-elses" not in all_wrong.output


def test_a_project_without_a_database_or_a_web_app_is_told(all_wrong: Deployed) -> None:
    assert "its place can never be changed" in all_wrong.line("✗ Firestore")
    all_wrong.line("✗ web app  ")


def test_a_policy_that_hides_the_functions_is_told(all_wrong: Deployed) -> None:
    assert "https://us-central1-my-project.cloudfunctions.net" in all_wrong.output
    closed = all_wrong.line("✗ content policy")
    assert "api, chat" in closed
    assert "worker" not in closed
    assert "sweep" not in closed


def test_an_upload_of_private_files_is_told(all_wrong: Deployed) -> None:
    assert ".secret.local" in all_wrong.line("✗ firebase.json")


def test_a_web_app_that_is_too_heavy_is_told(all_wrong: Deployed) -> None:
    all_wrong.line("✗ web app's build")
    assert "200 of 180 KiB" in all_wrong.output


def test_without_an_answer_from_google_a_dry_run_says_what_it_could_not_check(
    checkout: Checkout,
) -> None:
    checkout.answers = {"firebase": NOT_SIGNED_IN, "gcloud": {"error": "ERROR: No active account."}}
    plan = checkout.deploy(dry_run=True)
    assert plan.code == 0, plan.output
    for what in ("signed in", "Blaze", "OPENAI_API_KEY", "service accounts", "sign-in"):
        plan.line(f"? {what}")
    plan.line("✓ functions/main.py")
    assert f"gcloud iam service-accounts create colonycraft-chat --project {PROJECT}" in plan.output


def test_nothing_is_deployed_without_being_signed_in(checkout: Checkout) -> None:
    checkout.answers = {"firebase": NOT_SIGNED_IN}
    plan = checkout.deploy()
    assert plan.code != 0
    plan.line("✗ signed in")
    assert plan.deployed == []


def test_a_secret_of_a_provider_that_is_not_deployed_is_not_asked_for(checkout: Checkout) -> None:
    checkout.answers["firebase functions:secrets:get MISTRAL_API_KEY"] = ABSENT
    checkout.set(PROVIDERS="openai")
    plan = checkout.deploy(dry_run=True)
    assert plan.code == 0, plan.output
    asked = [call[2] for call in plan.calls if call[1] == "functions:secrets:get"]
    assert asked == ["OPENAI_API_KEY"]


def test_a_provider_that_nobody_knows_stops_it(checkout: Checkout) -> None:
    checkout.set(PROVIDERS="openai,mistrall")
    plan = checkout.deploy()
    assert plan.code != 0
    assert "names mistrall; known are openai, " in plan.line("✗ PROVIDERS")
    assert plan.deployed == []


def test_a_project_without_billing_stops_it(checkout: Checkout) -> None:
    checkout.answers["firebase functions:secrets:get"] = {
        "error": "HTTP Error: 400, Billing account for project '1' is not found."
    }
    plan = checkout.deploy()
    plan.line("✗ Blaze")
    assert plan.deployed == []


def test_a_setting_that_firebase_reserves_is_refused(checkout: Checkout) -> None:
    checkout.set(FIREBASE_AUTH_EMULATOR_HOST="127.0.0.1:9099")
    plan = checkout.deploy(dry_run=True)
    assert plan.code != 0
    assert "FIREBASE_AUTH_EMULATOR_HOST is reserved" in plan.output


def test_what_is_hardly_meant_is_told_and_stops_nothing(checkout: Checkout) -> None:
    checkout.set(PROVIDER="openai")
    plan = checkout.deploy(dry_run=True)
    assert plan.code == 0, plan.output
    assert "PROVIDER: misspelt?" in plan.line("! settings")
    plan.line("! OLLAMA_HOST")


def test_indexes_are_compared_with_those_that_are_there(checkout: Checkout) -> None:
    declared = json.loads((checkout.folder / "firestore.indexes.json").read_text())["indexes"]
    by_name = {"fieldPath": "__name__", "order": "ASCENDING"}
    there = [{**one, "fields": [*one["fields"], by_name]} for one in declared[1:]]
    fields = [{"fieldPath": name, "order": "ASCENDING"} for name in ("a", "b")]
    old = {"collectionGroup": "old", "queryScope": "COLLECTION", "fields": fields}
    checkout.answers["firebase firestore:indexes"] = {"indexes": [*there, old]}
    plan = checkout.deploy(dry_run=True)
    assert plan.line("✓ indexes").endswith("1 to be built, 1 not declared")
    assert "old: a ascending, b ascending is not declared; it stays" in plan.output


def test_a_project_of_somebody_else_stops_it(checkout: Checkout) -> None:
    plan = checkout.deploy(project="other-project")
    plan.line("✗ project")
    assert plan.deployed == []


@pytest.mark.parametrize("project", ["", "demo-colonycraft", "default", "No Project"])
def test_a_name_that_is_no_project_is_refused_at_once(checkout: Checkout, project: str) -> None:
    plan = checkout.deploy(project=project)
    assert plan.code != 0
    assert plan.calls == []


def test_code_that_does_not_import_stops_it(checkout: Checkout) -> None:
    main = checkout.folder / "functions" / "main.py"
    main.write_text(main.read_text() + "\nraise ValueError('broken here')\n")
    plan = checkout.deploy()
    assert "ValueError: broken here" in plan.line("✗ functions/main.py")
    assert plan.deployed == []
