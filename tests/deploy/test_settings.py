"""functions/.env explains every setting that the code reads."""

import re

from colonycraft import llm
from deploy.configuration import documented_settings
from support.checkouts import ROOT

PLATFORMS = {
    "FUNCTIONS_EMULATOR",
    "FIREBASE_AUTH_EMULATOR_HOST",
    "GCLOUD_PROJECT",
    "GOOGLE_CLOUD_PROJECT",
    "K_CONFIGURATION",
    "KUBERNETES_SERVICE_HOST",
}
"""Set by Firebase, Google Cloud or Kubernetes."""


def test_every_setting_is_explained_and_none_besides() -> None:
    code = (ROOT / "functions/colonycraft/platform/settings.py").read_text()
    read = set(re.findall(r'environment\.get\(\s*"([A-Z_]+)"', code)) - PLATFORMS
    keys = {one.secret for one in llm.BUILT_IN}
    assert documented_settings() == read | (set(llm.SETTINGS) - keys) | {"THREADS"}
