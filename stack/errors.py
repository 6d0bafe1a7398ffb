"""The two ways in which a command ends early."""


class StackError(Exception):
    """Something a person has to do something about; its text says what, without a traceback."""


class Stopped(Exception):
    """The person, or the system, asked the launcher to stop."""
