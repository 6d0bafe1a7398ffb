"""What `make bench` runs: this project beside its rivals, in one run.

Absolute times move by a factor of two between days and machines, so every round asks all servers
in turn, a figure is the median of its rounds, and goals are ratios where they can be. All servers
have the same upstream, a mock whose own figures are in the table as the unit.

    __main__       the order of things
    parts          what is measured, and its goals
    conversations  does their length matter, and what does a turn in one cost
    together       many answers at once in one process
    inside         what is done with the functions' own code: stored conversations, a counted turn
    web            the web app in a real browser, by tests/e2e/measure.ts
    prices         Google's list prices
    installation   the mock, the rivals, wrk and Lighthouse, in the user's cache folder
    servers        starting what is measured
    people         persons with really signed tokens, and the certificate they verify by
    served         the functions, verifying by that certificate
    load           completions: wrk, or the client below
    client         a client for many streams at once
    turns          stored turns
    memory         resident memory, and what an import brings
    figures        the table, results.json
    meaning/       beside it: whether a cache could compare meanings
"""
