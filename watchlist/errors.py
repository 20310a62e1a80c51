"""The one base class of every error that a person is meant to read."""


class HorchError(Exception):
    """A failure with a cause and a next step, in one line.

    The command line prints the message as it is and exits with 1; Airflow tasks fail with it.
    Subclasses carry the values they speak of (platform, topic, window, path) as attributes.
    """
