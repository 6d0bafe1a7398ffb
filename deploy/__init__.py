"""`make deploy PROJECT=...`: checks that need nothing changed, a plan, then the deployment.

    python -m deploy            what the Makefile calls; PROJECT and DRY_RUN are in the environment
      deployment.py             the order of all this
      plan.py                   the plan's lines: in order, missing with what to do, not checked
      target.py                 what is deployed where: checkout, project, settings
      cli.py                    firebase-tools and gcloud, as programs outside this process
      configuration.py          firebase.json, the settings in functions/.env, the content policy
      functions.py, discover.py what functions/main.py declares
      database.py               rules and indexes
      site.py                   the web app's production build
      project.py                what can be asked of the project at Google, changing nothing
      accounts.py               one service account a function, and its roles
      steps.py                  the deployment itself

Standard library only, so that it runs before anything is installed.
"""
