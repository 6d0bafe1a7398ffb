"""The platform on one machine: what `make dev`, `make test` and their sisters run.

Standard library only, since it runs before anything is installed. Everything that a stack
generates lies in `.stack/<name>/` of the checkout; what is costly to make (the compiled
Firestore engine and Ollama, the models) lies in the user's cache folder and is shared.

    __main__      the commands
    layout        where things are
    console       what a person reads
    ports         the numbers, and who holds one that is taken
    processes     starting, stopping and reaping what was started
    install       Python and npm packages
    firestore     hidane, or Google's emulator
    ollama        the model server          model, download   its models
    emulators     Auth, Tasks, Storage, Hosting and Firestore by firebase-tools
    functions     one gunicorn process      envfile           its settings
    web           the web app's files       csp               what it may connect to
    rules, watch, ticker                    edits and time
    stack         one stack of all these
    dev, suite    `make dev`; `make test` and `make check`
"""
